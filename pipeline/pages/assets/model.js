// The embedded tables: which rows a record has, where each cell is printed, what is printed where.

const data = JSON.parse(document.getElementById('data').textContent);
const [PROJECT, ACTION, PAGE, LINE, CELLS] = [0, 1, 2, 3, 4];
const tables = data.tables;
const lines = data.lines.map(
  ([page, text, role, project, action, x0, top, x1, bottom, size, bold], at) => ({
    number: at + 1, page, text, role, project, action,
    box: x0 === undefined ? null : { x0, top, x1, bottom, size, bold },
  }),
);
const lineAt = (number) => lines[number - 1];

for (const [name, table] of Object.entries(tables)) {
  table.name = name;
  table.at = Object.fromEntries(table.columns.map((column, at) => [column.name, at]));
}

/** A cell's value by its table, row number and column name. */
const cellOf = (name, row, column) => tables[name].rows[row][CELLS + tables[name].at[column]];

const keyOf = (name, row, column) => `${name}/${row}/${column}`;

// Pieces of each cell, and the cells of each line.
const printed = new Map();
const cellsOfLine = new Map();
for (const [name, pieces] of Object.entries(data.traces)) {
  for (const [row, column, line, start, end, x0, x1] of pieces) {
    const key = keyOf(name, row, tables[name].columns[column].name);
    const piece = { key, line, start, end, x0, x1 };
    if (!printed.has(key)) printed.set(key, []);
    printed.get(key).push(piece);
    if (!cellsOfLine.has(line)) cellsOfLine.set(line, []);
    cellsOfLine.get(line).push(piece);
  }
}

const parts = (key) => {
  const [name, row, column] = key.split('/');
  return { name, row: Number(row), column };
};

// Records in reading order: the edition, then each project with its actions.
const records = [{ kind: 'edition', id: 'edition' }];
const recordOfProject = [];
const recordOfAction = [];
const addAction = (row) => {
  recordOfAction[row] = { kind: 'action', row, id: cellOf('actions', row, 'code') };
  records.push(recordOfAction[row]);
};
tables.projects.rows.forEach((_, project) => {
  const number = cellOf('projects', project, 'number');
  const id = `progetto-${number || cellOf('projects', project, 'position')}`;
  recordOfProject[project] = { kind: 'project', row: project, id };
  records.push(recordOfProject[project]);
  tables.actions.rows.forEach((cells, row) => {
    if (cells[PROJECT] === project) addAction(row);
  });
});
tables.actions.rows.forEach((cells, row) => {
  if (cells[PROJECT] === null) addAction(row);
});
const seen = new Map();
records.forEach((record, at) => {
  record.at = at;
  const times = (seen.get(record.id) ?? 0) + 1;
  seen.set(record.id, times);
  if (times > 1) record.id += `~${times}`;
});

/** The record that a row of a table belongs to. */
function recordOf(name, row) {
  const cells = tables[name].rows[row];
  if (name === 'actions') return recordOfAction[row];
  if (name === 'projects') return recordOfProject[row];
  if (cells[ACTION] !== null) return recordOfAction[cells[ACTION]];
  if (cells[PROJECT] !== null) return recordOfProject[cells[PROJECT]];
  return recordOfLine(cells[LINE]);
}

/** The record that a line belongs to. */
function recordOfLine(number) {
  const line = lineAt(number);
  if (line && line.action !== null) return recordOfAction[line.action];
  if (line && line.project !== null) return recordOfProject[line.project];
  return records[0];
}

// Row numbers of a table by record.
const rowsByRecord = {};
for (const name of Object.keys(tables)) {
  rowsByRecord[name] = records.map(() => []);
  tables[name].rows.forEach((_, row) => rowsByRecord[name][recordOf(name, row).at].push(row));
}
const rowsOf = (name, record) => rowsByRecord[name][record.at];

const linesOfRecord = records.map(() => []);
for (const line of lines) {
  if (line.role !== 'blank') linesOfRecord[recordOfLine(line.number).at].push(line.number);
}

/** Findings in the order of their lines. */
const findings = tables.findings.rows
  .map((cells, row) => ({
    row,
    line: cells[LINE],
    record: recordOf('findings', row),
    rule: cellOf('findings', row, 'rule'),
    severity: cellOf('findings', row, 'severity'),
    message: cellOf('findings', row, 'message'),
    text: cellOf('findings', row, 'text'),
  }))
  .sort((one, other) => one.line - other.line || one.row - other.row);
const findingsOf = records.map(() => []);
for (const finding of findings) findingsOf[finding.record.at].push(finding);

/** Words of a code in the language in force. */
function label(list, code) {
  const words = data.labels[list]?.[code];
  return words ? say(words[0], words[1]) : code;
}

/**
 * The pieces of every cell that a derived cell follows from, by its declaration: of its own row
 * first, of another table where its own row has none.
 */
function derivedPieces(name, row, column) {
  const found = [];
  const record = recordOf(name, row);
  for (const source of tables[name].columns[tables[name].at[column]].from) {
    const [from, field] = source.split('.');
    if (tables[from]?.at[field] === undefined || (from !== name && found.length)) continue;
    for (const other of from === name ? [row] : sourceRows(from, record)) {
      const key = keyOf(from, other, field);
      found.push(...(printed.get(key) ?? derivedPieces(from, other, field)));
    }
  }
  return found;
}

/** Rows of another table that a record's cell may follow from: its own, else its project's. */
function sourceRows(from, record) {
  if (from === 'projects' && record.kind === 'action') {
    const project = tables.actions.rows[record.row][PROJECT];
    return project === null ? [] : [project];
  }
  return rowsOf(from, record);
}

/** Where a cell is printed; for a derived cell, where that is printed from which it follows. */
function placesOf(key) {
  const pieces = printed.get(key);
  if (pieces) return pieces;
  const { name, row, column } = parts(key);
  return derivedPieces(name, row, column);
}

/** The cell printed at a character of a line: the shortest that covers it, then the next one. */
function cellAt(number, character, after) {
  const here = (cellsOfLine.get(number) ?? [])
    .filter((piece) => piece.start <= character && character < piece.end)
    .sort((one, other) => length(one.key) - length(other.key));
  const at = here.findIndex((piece) => piece.key === after);
  return here.length ? here[(at + 1) % here.length].key : null;
}

const length = (key) =>
  printed.get(key).reduce((sum, piece) => sum + piece.end - piece.start, 0);
