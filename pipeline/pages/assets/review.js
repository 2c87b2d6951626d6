// What a person does: choose, filter, go on; by hand or by keyboard.

const get = (id) => document.getElementById(id);
const list = get('list');
const trace = get('trace');
const inputs = {
  search: get('search'),
  project: get('by-project'),
  axis: get('by-axis'),
  phase: get('by-phase'),
  finding: get('by-finding'),
};
let current = records[0];
let chosen = null;
let finding = -1;
let cursor = 0;
let shown = [];

// Choosing.

function press(element) {
  for (const other of article.querySelectorAll('[aria-pressed="true"]')) {
    other.setAttribute('aria-pressed', 'false');
  }
  element?.setAttribute('aria-pressed', 'true');
}

/** Light the print of a cell, and say where it is. */
choose = (key, scroll = true) => {
  const { name, row, column } = parts(key);
  const record = recordOf(name, row);
  if (record !== current) showRecord(record, false);
  chosen = key;
  const button = article.querySelector(`[data-key="${CSS.escape(key)}"]`);
  press(button);
  button?.closest('details')?.setAttribute('open', '');
  if (!scroll) button?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  const places = placesOf(key);
  const kind = printed.has(key) ? 'value' : 'origin';
  light(places.map((piece) => ({ piece, kind })), scroll);
  if (places.length) cursor = places[0].line;
  tell(tables[name].columns[tables[name].at[column]], places, kind);
};

function tell(column, places, kind) {
  const [first] = places;
  const words = say(...column.words);
  const text = places.map((piece) => pieceText(piece)).join(' ');
  const how = kind === 'value' ? say('stampato', 'printed') : say('deriva da', 'follows from');
  trace.replaceChildren(
    make('strong', {}, words), ` ${how} `,
    make('q', { class: 'said', lang: 'it' }, text), ' ', whereIs(first.line),
  );
}

const pieceText = ({ line, start, end }) =>
  Array.from(lineAt(line).text).slice(start, end).join('').trim();

function whereIs(number) {
  const { page } = lineAt(number);
  const on = page === null ? '' : `${say('pagina', 'page')} ${page}, `;
  return `${on}${say('riga', 'line')} ${number}`;
}

/** Light any stretch of a line. */
function choosePlace(place) {
  const line = lineAt(place.line);
  const edges = line.box ? edgesOf(line, place.start, place.end) : {};
  press(null);
  light([{ piece: { x0: null, x1: null, ...place, ...edges }, kind: 'problem' }]);
  cursor = place.line;
  trace.replaceChildren(make('q', { class: 'said', lang: 'it' }, pieceText(place)), ' ', whereIs(place.line));
}

const wholeLine = (number) =>
  ({ line: number, start: 0, end: Array.from(lineAt(number).text).length, x0: null, x1: null });

function chooseFinding(one) {
  finding = findings.indexOf(one);
  if (one.record !== current) showRecord(one.record, false);
  press(article.querySelector(`[data-finding="${one.row}"]`));
  light([{ piece: wholeLine(one.line), kind: 'problem' }]);
  cursor = one.line;
  trace.replaceChildren(
    make('strong', {}, `${label('severity', one.severity)}: ${label('rule', one.rule)}`), ' ',
    make('span', { class: 'said', lang: 'en' }, one.message), ' ', whereIs(one.line),
  );
  nameFinding();
}

/** Light what a sum is made of: the sources, the total, or both for their difference. */
function chooseSum(record, part) {
  const sources = rowsOf('funding', record)
    .flatMap((row) => printed.get(keyOf('funding', row, 'amount_eur')) ?? []);
  const total = printed.get(keyOf('actions', record.row, 'total_stated_eur')) ?? [];
  press(article.querySelector(`[data-sum="${part}"]`));
  light([
    ...(part === 'total' ? [] : sources.map((piece) => ({ piece, kind: 'source' }))),
    ...(part === 'sources' ? [] : total.map((piece) => ({ piece, kind: 'total' }))),
  ]);
  const [sum, stated, difference] = data.sums[record.row];
  const value = { sources: sum, total: stated, difference }[part];
  trace.replaceChildren(
    make('strong', {}, say(
      { sources: 'Somma delle fonti', total: 'Totale stampato', difference: 'Differenza' }[part],
      { sources: 'Sum of the sources', total: 'Printed total', difference: 'Difference' }[part],
    )), ` ${euros(value)}: `,
    say(`${sources.length} importi e ${total.length} totale`, `${sources.length} amounts and ${total.length} total`),
  );
}

// A place on the page: the cell that was read there, else the record of its line.
pick = (number, character) => {
  cursor = number;
  const key = character === null ? null : cellAt(number, character, chosen);
  if (key) {
    choose(key, false);
    return;
  }
  const record = recordOfLine(number);
  if (record !== current) showRecord(record, false);
  press(null);
  light([{ piece: wholeLine(number), kind: 'place' }], false);
  const { role } = lineAt(number);
  trace.replaceChildren(make('strong', {}, label('role', role)), ' ', whereIs(number));
};

// Records.

function showRecord(record, scroll = true) {
  current = record;
  chosen = null;
  fillRecord(record);
  putOut();
  shade(record.kind === 'edition' ? [] : linesOfRecord[record.at]);
  for (const button of list.querySelectorAll('[aria-current]')) button.removeAttribute('aria-current');
  const button = list.querySelector(`[data-record="${record.at}"]`);
  button?.setAttribute('aria-current', 'true');
  button?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  history.replaceState(null, '', `#${encodeURIComponent(record.id)}`);
  if (!scroll) return;
  trace.textContent = nameOf(record);
  const [start] = record.kind === 'edition' ? [] : linesOfRecord[record.at];
  cursor = start ?? 0;
  if (start) light([{ piece: wholeLine(start), kind: 'place' }]);
  else sheet.scrollTop = 0;
}

function nameOf(record) {
  if (record.kind === 'edition') return say('Edizione', 'Edition');
  if (record.kind === 'project') return projectName(record.row);
  return `${cellOf('actions', record.row, 'code')} ${cellOf('actions', record.row, 'title')}`;
}

function fits(record) {
  const wanted = Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [name, input.value]),
  );
  if (record.kind === 'edition') return !Object.values(wanted).some(Boolean);
  const project = record.kind === 'project'
    ? record.row
    : tables.actions.rows[record.row][PROJECT];
  const table = record.kind === 'project' ? 'projects' : 'actions';
  if (wanted.project && String(project) !== wanted.project) return false;
  if (wanted.axis && (table === 'projects' || cellOf(table, record.row, 'axis') !== wanted.axis)) return false;
  if (wanted.phase && cellOf(table, record.row, 'phase') !== wanted.phase) return false;
  const mine = findingsOf[record.at];
  if (wanted.finding === 'any' ? !mine.length
    : wanted.finding && !mine.some(({ rule }) => rule === wanted.finding)) return false;
  return !wanted.search || searchText(record).includes(folded(wanted.search));
}

const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function searchText(record) {
  record.text ??= folded([
    nameOf(record),
    ...(record.kind === 'action'
      ? ['description', 'status', 'code_printed'].map((name) => cellOf('actions', record.row, name))
      : [cellOf('projects', record.row, 'notice')]),
    ...rowsOf('funding', record).map((row) => cellOf('funding', row, 'amount_printed')),
  ].join('\n'));
  return record.text;
}

function fillList() {
  shown = records.filter(fits);
  list.replaceChildren(make('ol', {}, shown.map((record) => {
    const count = findingsOf[record.at].length;
    return make('li', { class: record.kind },
      make('button', { type: 'button', 'data-record': record.at, lang: 'it',
        'aria-current': record === current ? 'true' : null, onclick: () => showRecord(record) },
      make('span', { class: 'said' }, nameOf(record)),
      count ? make('span', { class: 'badge' }, `⚑ ${count}`,
        make('span', { class: 'unseen' }, say(' segnalazioni', ' findings'))) : null));
  })));
  const actions = shown.filter(({ kind }) => kind === 'action').length;
  const all = tables.actions.rows.length;
  get('count').textContent = say(`${actions} azioni di ${all}`, `${actions} of ${all} actions`);
  nameFinding();
}

function options(select, first, pairs) {
  const { value } = select;
  select.replaceChildren(make('option', { value: '' }, first),
    ...pairs.map(([code, words]) => make('option', { value: code }, words)));
  select.value = value;
}

function fillFilters() {
  const used = (name, column) => [...new Set(tables[name].rows.map((_, row) => cellOf(name, row, column)))];
  options(inputs.project, say('tutti', 'all'), recordOfProject.map(({ row }) => [String(row), projectName(row)]));
  options(inputs.axis, say('tutti', 'all'), used('actions', 'axis').filter(Boolean)
    .sort((one, other) => one - other).map((axis) => [axis, `${axis} · ${label(data.axes, axis)}`]));
  const phases = new Set([...used('actions', 'phase'), ...used('projects', 'phase')]);
  options(inputs.phase, say('tutte', 'all'), Object.keys(data.labels.phase)
    .filter((phase) => phases.has(phase)).map((phase) => [phase, label('phase', phase)]));
  options(inputs.finding, say('tutte o nessuna', 'any or none'), [
    ['any', say('almeno una', 'at least one')],
    ...used('findings', 'rule').map((rule) => [rule, label('rule', rule)]),
  ]);
}

function step(by) {
  if (!shown.length) return;
  const at = shown.indexOf(current);
  showRecord(shown[Math.min(Math.max(at + by, 0), shown.length - 1)]);
}

function reachable() {
  const visible = new Set(shown);
  return findings.filter((one) => visible.has(one.record));
}

function stepFinding(by) {
  const choice = reachable();
  if (!choice.length) return;
  const at = choice.indexOf(findings[finding]);
  chooseFinding(choice[at < 0 ? (by > 0 ? 0 : choice.length - 1) : (at + by + choice.length) % choice.length]);
}

function nameFinding() {
  const choice = reachable();
  const at = choice.indexOf(findings[finding]);
  const of = at < 0 ? String(choice.length) : `${at + 1} ${say('di', 'of')} ${choice.length}`;
  get('finding').textContent = choice.length
    ? `${of} ${say('segnalazioni', 'findings')}`
    : say('nessuna segnalazione', 'no findings');
  get('previous-finding').disabled = get('next-finding').disabled = !choice.length;
}

function stepLine(by) {
  let at = cursor + by;
  while (lineAt(at)?.role === 'blank') at += by;
  if (!lineAt(at)) return;
  pick(at, null);
  light([{ piece: wholeLine(at), kind: 'place' }]);
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  n: () => stepFinding(1),
  p: () => stepFinding(-1),
  '.': () => stepLine(1),
  ',': () => stepLine(-1),
  '/': () => { get('filters-box').open = true; inputs.search.focus(); },
  '?': () => get('manual').showModal(),
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || get('manual').open) return;
  const typing = event.target.matches('input, select, textarea');
  if (event.key === 'Escape' && !typing) {
    press(null);
    putOut();
  } else if (!typing && get('keys').checked && keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  }
});
get('help').addEventListener('click', keys['?']);
get('next-finding').addEventListener('click', keys.n);
get('previous-finding').addEventListener('click', keys.p);
get('filters').addEventListener('input', fillList);
get('filters').addEventListener('submit', (event) => event.preventDefault());
listeners.push(() => {
  const key = chosen;
  fillFilters();
  fillList();
  fillRecord(current);
  if (key) choose(key, false);
});

function go() {
  const id = decodeURIComponent(location.hash.slice(1));
  const record = records.find((one) => one.id === id);
  if (record && record !== current) showRecord(record);
}
window.addEventListener('hashchange', go);
if (window.matchMedia('(max-width: 52rem)').matches) get('filters-box').open = false;

fillFilters();
fillList();
const wanted = decodeURIComponent(location.hash.slice(1));
showRecord(records.find((one) => one.id === wanted) ?? recordOfAction[0] ?? records[0]);
