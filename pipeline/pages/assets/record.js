// One record as the person reads it: every published cell of it, each leading to its print.

const article = document.getElementById('record');
let choose = () => {};

// Tables that have a place of their own in a record; any other is shown whole, after them.
const PLACED = new Set(['projects', 'actions', 'funding', 'status_clauses', 'dates', 'addresses',
  'districts', 'quantities', 'links', 'action_references', 'paragraphs', 'findings']);

/** A cell's value as people write it. */
function written(column, value) {
  if (column.list) return label(column.list, value);
  if (column.name === 'axis') return label(data.axes, value);
  if (column.kind === 'euro') return euros(value);
  if (column.kind === 'date') return day(value);
  if (column.kind === 'boolean') return value === 'true' ? say('sì', 'yes') : say('no', 'no');
  if (column.kind === 'number') {
    return value.replace(/\.?0+$/, '').replace('.', say(',', '.'));
  }
  return value;
}

/** A cell as a button that lights its print; plain text where it follows from nothing printed. */
function cell(name, row, columnName, shown) {
  const table = tables[name];
  const column = table.columns[table.at[columnName]];
  const value = cellOf(name, row, columnName);
  if (value === '') return make('span', { class: 'quiet', title: say('vuoto', 'empty') }, '–');
  const key = keyOf(name, row, columnName);
  const text = shown ?? written(column, value);
  const source = column.list || column.name === 'axis' ? {} : { lang: 'it' };
  if (!placesOf(key).length) return make('span', { class: 'said', ...source }, text);
  const button = make('button', {
    type: 'button',
    class: `cell said ${printed.has(key) ? 'printed' : 'derived'}`,
    'data-key': key,
    'aria-pressed': 'false',
    title: say(...column.words),
    ...source,
  }, text);
  button.addEventListener('click', () => choose(key));
  return button;
}

const heading = (...words) => make('h3', {}, say(...words));

/** A section with one table of all of a record's rows; null where there are none. */
function grid(record, name, columns, words) {
  const rows = rowsOf(name, record);
  if (!rows.length) return null;
  const table = tables[name];
  const shown = columns.map((column) => table.columns[table.at[column]]);
  const right = (column) => (column.kind === 'euro' ? 'number' : undefined);
  const id = `heading-${name}`;
  return make('section', {},
    make('h3', { id }, say(...(words ?? table.words))),
    make('div', { class: 'scroll', role: 'region', 'aria-labelledby': id, tabindex: '0' },
      make('table', { 'aria-labelledby': id },
        make('thead', {}, make('tr', {}, shown.map((column) =>
          make('th', { scope: 'col', class: right(column), title: say(...column.about) },
            say(...column.words))))),
        make('tbody', {}, rows.map((row) =>
          make('tr', {}, shown.map((column) =>
            make('td', { class: right(column) }, cell(name, row, column.name)))))))));
}

function facts(pairs) {
  const shown = pairs.filter(([, value]) => value !== null);
  return make('dl', { class: 'facts' }, shown.map(([words, value]) =>
    make('div', {}, make('dt', {}, say(...words)), make('dd', {}, value))));
}

function prose(record) {
  const rows = rowsOf('paragraphs', record);
  if (!rows.length) return null;
  return make('section', {}, heading('Testo', 'Text'), rows.map((row) => {
    const kind = cellOf('paragraphs', row, 'kind');
    return make('div', { class: `paragraph ${kind}` },
      make('p', {}, cell('paragraphs', row, 'text')),
      kind === 'paragraph' ? null : make('small', { class: 'quiet' }, label('paragraph_kind', kind)));
  }));
}

function warnings(record) {
  const mine = findingsOf[record.at];
  if (!mine.length) return null;
  return make('ul', { class: 'findings', 'aria-label': say('Segnalazioni', 'Findings') },
    mine.map((finding) => make('li', { class: finding.severity },
      make('strong', {}, label('severity', finding.severity)), ' ',
      label('rule', finding.rule), ' ',
      make('button', { type: 'button', class: 'cell said', 'data-finding': finding.row,
        'aria-pressed': 'false', onclick: () => chooseFinding(finding) },
      `${say('riga', 'line')} ${finding.line}`),
      make('p', { class: 'quiet said', lang: 'en' }, finding.message))));
}

/** Sum of the sources, stated total and difference, each with the places it is printed at. */
function sumCheck(record) {
  const check = data.sums[record.row];
  const rows = rowsOf('funding', record);
  if (!check) {
    if (!rows.length) return null;
    return make('p', { class: 'quiet' }, say('La scheda non stampa un totale.', 'The sheet prints no total.'));
  }
  const [sum, total, difference] = check;
  const right = difference !== '' && !/[1-9]/.test(difference);
  const verdict = right
    ? say('✓ la somma torna', '✓ the sum is right')
    : say('✗ la somma non torna', '✗ the sum is not right');
  const item = (words, value, part) => make('div', { class: `term ${part}` },
    make('dt', {}, say(...words)),
    make('dd', {}, value === ''
      ? say('illeggibile', 'unreadable')
      : make('button', { type: 'button', class: 'cell said', 'data-sum': part,
        'aria-pressed': 'false', onclick: () => chooseSum(record, part) }, euros(value))));
  return make('div', { class: `sums ${right ? 'right' : 'wrong'}` },
    make('p', {}, make('strong', {}, verdict)),
    make('dl', {},
      item(['Fonti', 'Sources'], sum, 'sources'),
      item(['Totale stampato', 'Printed total'], total, 'total'),
      item(['Differenza', 'Difference'], difference, 'difference')));
}

function changesOf(entity, code) {
  const mine = data.changes.filter(([of, which]) => of === entity && which === code);
  if (!mine.length) return null;
  return make('section', {}, heading('Dall’edizione precedente', 'Since the edition before'),
    make('ul', { class: 'changes' }, mine.map(([, , field, kind, before, after]) =>
      make('li', {},
        make('strong', {}, `${label('change_kind', kind)}: `), field, ' ',
        before ? make('del', { class: 'said', lang: 'it' }, before) : null, before && after ? ' → ' : '',
        after ? make('ins', { class: 'said', lang: 'it' }, after) : null))));
}

function actionRecord(record) {
  const { row } = record;
  const project = tables.actions.rows[row][PROJECT];
  const own = (column) => cell('actions', row, column);
  return [
    project === null ? null : make('p', { class: 'eyebrow' },
      make('button', { type: 'button', class: 'link said', lang: 'it',
        onclick: () => showRecord(recordOfProject[project]) }, projectName(project))),
    make('h2', { id: 'record-title' }, own('code'), ' ', own('title')),
    warnings(record),
    facts([
      [['Fase', 'Phase'], own('phase')],
      [['Asse', 'Axis'], own('axis')],
      [['Obiettivo specifico', 'Specific objective'], own('specific_objective')],
      [['Fondo', 'Fund'], own('fund')],
      [['Somma delle fonti', 'Sum of the sources'], own('sources_sum_eur')],
      [['Totale dichiarato', 'Stated total'], own('total_stated_eur')],
      [['Codice stampato', 'Code as printed'], own('code_printed')],
    ]),
    make('section', {}, [
      grid(record, 'funding', ['source', 'amount_eur', 'label', 'amount_printed', 'amount_status']),
      sumCheck(record),
    ]),
    make('section', {}, heading('Stato di avanzamento', 'Status'), make('p', {}, own('status'))),
    grid(record, 'status_clauses', ['text', 'phase']),
    shared(record),
    prose(record),
    make('details', {},
      make('summary', {}, say('Descrizione come un solo testo', 'Description as one text')),
      make('p', {}, own('description'))),
    changesOf('action', cellOf('actions', row, 'code')),
  ];
}

const shared = (record) => [
  grid(record, 'dates', ['text', 'date_from', 'date_to', 'precision', 'modality', 'context']),
  grid(record, 'addresses', ['text', 'street_type', 'street_name', 'house_number']),
  grid(record, 'districts', ['name']),
  grid(record, 'quantities', ['text', 'value', 'value_max', 'unit', 'approximate']),
  grid(record, 'links', ['url']),
  grid(record, 'action_references', ['target_code', 'target_action_id']),
  ...Object.values(tables)
    .filter(({ name }) => !PLACED.has(name))
    .map(({ name, columns }) => grid(record, name, columns.map((column) => column.name))),
];

function projectName(row) {
  const number = cellOf('projects', row, 'number');
  const title = cellOf('projects', row, 'title');
  return number ? `${say('Progetto', 'Project')} ${number} · ${title}` : title;
}

function projectRecord(record) {
  const { row } = record;
  const own = (column) => cell('projects', row, column);
  const actions = tables.actions.rows
    .map((cells, action) => (cells[PROJECT] === row ? action : null))
    .filter((action) => action !== null);
  return [
    make('p', { class: 'eyebrow' }, say('Progetto', 'Project'), ' ', own('number')),
    make('h2', { id: 'record-title' }, own('title')),
    warnings(record),
    facts([
      [['Fase', 'Phase'], own('phase')],
      [['Avviso', 'Notice'], own('notice')],
      [['Azioni', 'Actions'], String(actions.length)],
    ]),
    make('ul', { class: 'actions' }, actions.map((action) => make('li', {},
      make('button', { type: 'button', class: 'link said', lang: 'it',
        onclick: () => showRecord(recordOfAction[action]) },
      `${cellOf('actions', action, 'code')} ${cellOf('actions', action, 'title')}`)))),
    grid(record, 'funding', ['source', 'amount_eur', 'label', 'amount_printed', 'amount_status']),
    shared(record),
    prose(record),
    changesOf('project', cellOf('projects', row, 'title')),
  ];
}

function editionRecord(record) {
  const roles = new Map();
  for (const line of lines) {
    const [count, characters] = roles.get(line.role) ?? [0, 0];
    roles.set(line.role, [count + 1, characters + Array.from(line.text.trim()).length]);
  }
  const order = Object.keys(data.labels.role).filter((role) => roles.has(role));
  const facing = [
    ['city', 'Città', 'City'], ['programme', 'Programma', 'Programme'], ['cci', 'CCI', 'CCI'],
    ['reference_date', 'Data', 'Date'], ['source_file', 'File', 'File'],
    ['source_sha256', 'SHA-256', 'SHA-256'], ['reader', 'Lettore', 'Reader'],
    ['publisher', 'Editore', 'Publisher'], ['licence', 'Licenza', 'Licence'],
    ['source_url', 'Indirizzo', 'Address'],
  ];
  return [
    make('p', { class: 'eyebrow' }, say('Edizione', 'Edition')),
    make('h2', { id: 'record-title', class: 'said', lang: 'it' }, document.title),
    warnings(record),
    facts(facing.map(([name, italian, english]) => [[italian, english],
      data.edition[name] ? make('span', { class: 'said', lang: 'it' }, data.edition[name]) : null])),
    make('section', {}, heading('Che cosa sono le righe', 'What the lines are'),
      make('table', {},
        make('thead', {}, make('tr', {},
          make('th', { scope: 'col' }, say('Ruolo', 'Role')),
          make('th', { scope: 'col', class: 'number' }, say('Righe', 'Lines')),
          make('th', { scope: 'col', class: 'number' }, say('Caratteri', 'Characters')))),
        make('tbody', {}, order.map((role) => make('tr', {},
          make('th', { scope: 'row' }, label('role', role)),
          make('td', { class: 'number' }, String(roles.get(role)[0])),
          make('td', { class: 'number' }, String(roles.get(role)[1]))))))),
    make('section', {}, heading('Testo in nessuna tabella', 'Text in no table'),
      data.unclaimed.length
        ? make('ul', { class: 'unclaimed-list' }, data.unclaimed.map(([line, start, end]) =>
          make('li', {}, make('button', { type: 'button', class: 'cell said red', lang: 'it',
            'aria-pressed': 'false', onclick: () => choosePlace({ line, start, end }) },
          Array.from(lineAt(line).text).slice(start, end).join('')),
          make('span', { class: 'quiet' }, ` ${say('riga', 'line')} ${line}`))))
        : make('p', { class: 'quiet' }, say('Nessuno.', 'None.'))),
    grid(record, 'funding', ['source', 'amount_eur', 'label', 'amount_printed', 'amount_status']),
    shared(record),
    prose(record),
  ];
}

function fillRecord(record) {
  const builders = { action: actionRecord, project: projectRecord, edition: editionRecord };
  const content = builders[record.kind](record).flat().filter((part) => part !== null);
  article.replaceChildren(...content);
  article.scrollTop = 0;
}
