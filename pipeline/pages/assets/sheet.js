// The source: pages as printed with their text over them, or the numbered lines of a text.

const SVG = 'http://www.w3.org/2000/svg';
const sheet = document.getElementById('sheet');
const onPages = data.sizes.length > 0;
const LINES_A_LEAF = 120;
const unclaimedOfLine = new Map();
for (const [line, start, end] of data.unclaimed) {
  if (!unclaimedOfLine.has(line)) unclaimedOfLine.set(line, []);
  unclaimedOfLine.get(line).push({ line, start, end });
}
let pick = () => {};
let zoom = 1;
let lit = [];
let shaded = { lines: new Set(), leaves: new Set() };

function draw(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

// A leaf is a page, or some lines of a text; it is filled when it comes near the window.
const leaves = onPages
  ? data.sizes.map(([width, height], at) => ({ number: at + 1, width, height, lines: [] }))
  : [];
const leafOfLine = [];
for (const line of lines) {
  let leaf;
  if (onPages) leaf = leaves[(line.page ?? 1) - 1];
  else {
    leaf = leaves.at(-1);
    if (!leaf || leaf.lines.length >= LINES_A_LEAF || leaf.page !== line.page) {
      leaf = { number: leaves.length + 1, page: line.page, lines: [] };
      leaves.push(leaf);
    }
  }
  leaf.lines.push(line);
  leafOfLine[line.number] = leaf;
}

const near = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) if (entry.isIntersecting) fill(leaves[entry.target.dataset.at]);
  },
  { root: sheet, rootMargin: '600px 0px' },
);
for (const [at, leaf] of leaves.entries()) {
  leaf.element = make('div', { class: onPages ? 'leaf page' : 'leaf text', 'data-at': String(at) });
  if (onPages) leaf.element.style.aspectRatio = `${leaf.width} / ${leaf.height}`;
  else leaf.element.style.containIntrinsicSize = `auto ${leaf.lines.length * 1.6}rem`;
  near.observe(leaf.element);
}
sheet.append(...leaves.map((leaf) => leaf.element));

function fill(leaf) {
  if (leaf.filled) return;
  leaf.filled = true;
  near.unobserve(leaf.element);
  if (onPages) fillPage(leaf);
  else leaf.element.append(...leaf.lines.map(textLine));
}

function fillPage(leaf) {
  leaf.element.setAttribute('role', 'group');
  nameLeaf(leaf);
  leaf.svg = draw('svg', { viewBox: `0 0 ${leaf.width} ${leaf.height}` });
  leaf.under = draw('g', { class: 'under' });
  leaf.text = draw('g', { class: 'print' });
  leaf.over = draw('g', { class: 'over' });
  leaf.svg.append(leaf.under, leaf.text, leaf.over);
  for (const line of leaf.lines) if (line.box) leaf.text.append(...drawnText(line));
  for (const line of leaf.lines) {
    for (const gap of unclaimedOfLine.get(line.number) ?? []) {
      const { x0, x1 } = edgesOf(line, gap.start, gap.end);
      leaf.over.append(rectangle(line, x0, x1, 'unclaimed'));
    }
  }
  leaf.element.append(leaf.svg);
  leaf.svg.addEventListener('click', (event) => pickOnPage(leaf, event));
  shadeLeaf(leaf);
  picture(leaf);
}

/** Lay the printed picture under the text; a picture that is still loading comes later. */
function picture(leaf) {
  const block = document.getElementById(`picture-${leaf.number}`);
  if (!block || !leaf.svg || leaf.pictured) return;
  leaf.pictured = true;
  const image = make('img', { alt: '', src: `data:image/webp;base64,${block.textContent}` });
  image.addEventListener('load', () => leaf.element.classList.add('pictured'));
  leaf.element.prepend(image);
}
document.addEventListener('DOMContentLoaded', () => leaves.forEach(picture));

function nameLeaf(leaf) {
  if (onPages) leaf.element.setAttribute('aria-label', `${say('Pagina', 'Page')} ${leaf.number}`);
}
listeners.push(() => leaves.forEach((leaf) => leaf.filled && nameLeaf(leaf)));

// Text of a page: each published piece from its left to its right edge, the rest between them.
function drawnText(line) {
  const { box } = line;
  const characters = Array.from(line.text);
  const pieces = [];
  let at = 0;
  let x = box.x0;
  const known = (cellsOfLine.get(line.number) ?? [])
    .filter((piece) => piece.x0 !== null)
    .sort((one, other) => one.start - other.start || other.end - one.end);
  for (const piece of known) {
    if (piece.start < at) continue;
    pieces.push([at, piece.start, x, piece.x0], [piece.start, piece.end, piece.x0, piece.x1]);
    at = piece.end;
    x = piece.x1;
  }
  pieces.push([at, characters.length, x, box.x1]);
  return pieces.flatMap(([start, end, x0, x1]) => {
    const text = characters.slice(start, end).join('').trim();
    if (!text || x1 <= x0) return [];
    return draw(
      'text',
      {
        x: x0,
        y: box.bottom - 0.22 * (box.bottom - box.top),
        textLength: x1 - x0,
        lengthAdjust: 'spacingAndGlyphs',
        'font-size': box.size ?? box.bottom - box.top,
        'font-weight': box.bold ? 'bold' : 'normal',
      },
      text,
    );
  });
}

/** Edges of some characters of a line on its page, between the pieces whose edges are known. */
function edgesOf(line, start, end) {
  const known = (cellsOfLine.get(line.number) ?? []).filter((piece) => piece.x0 !== null);
  const before = known.filter((piece) => piece.end <= start).map((piece) => piece.x1);
  const after = known.filter((piece) => piece.start >= end).map((piece) => piece.x0);
  return { x0: Math.max(line.box.x0, ...before), x1: Math.min(line.box.x1, ...after) };
}

function rectangle(line, x0, x1, kind) {
  const { top, bottom } = line.box;
  return draw('rect', {
    class: kind, x: x0, y: top, width: Math.max(x1 - x0, 1), height: bottom - top, rx: 1,
  });
}

function pickOnPage(leaf, event) {
  const point = new DOMPoint(event.clientX, event.clientY)
    .matrixTransform(leaf.svg.getScreenCTM().inverse());
  const away = ({ box }) =>
    Math.max(box.top - point.y, point.y - box.bottom, 0) +
    Math.max(box.x0 - point.x, point.x - box.x1, 0);
  const boxed = leaf.lines.filter((line) => line.box);
  const line = boxed.sort((one, other) => away(one) - away(other))[0];
  if (!line || away(line) > 12) return;
  const piece = (cellsOfLine.get(line.number) ?? [])
    .find(({ x0, x1 }) => x0 !== null && x0 <= point.x && point.x <= x1);
  pick(line.number, piece ? characterUnder(line, point.x) : null);
}

/** The first character of the innermost piece under a point of a line. */
function characterUnder(line, x) {
  const under = (cellsOfLine.get(line.number) ?? [])
    .filter((piece) => piece.x0 !== null && piece.x0 <= x && x <= piece.x1)
    .sort((one, other) => one.end - one.start - (other.end - other.start));
  return under[0].start;
}

// A line of a text: its number, and its characters with the lit and the unclaimed ones apart.
function textLine(line) {
  line.element = make('div', { class: 'line', 'data-line': String(line.number) });
  paintLine(line);
  line.element.addEventListener('click', (event) => pickInText(line, event));
  return line.element;
}

function paintLine(line) {
  const marks = lit.filter(({ piece }) => piece.line === line.number);
  const gaps = (unclaimedOfLine.get(line.number) ?? [])
    .map((piece) => ({ piece, kind: 'unclaimed' }));
  const characters = Array.from(line.text);
  const edges = new Set([0, characters.length]);
  for (const { piece } of [...gaps, ...marks]) edges.add(piece.start).add(piece.end);
  const places = [...edges].sort((one, other) => one - other);
  const runs = places.slice(1).map((end, at) => {
    const start = places[at];
    const kinds = [...gaps, ...marks]
      .filter(({ piece }) => piece.start <= start && end <= piece.end)
      .map(({ kind }) => kind);
    const text = characters.slice(start, end).join('');
    if (!kinds.length) return text;
    return make('mark', { class: kinds.join(' '), 'data-start': start, 'data-end': end }, text);
  });
  line.element.replaceChildren(
    make('span', { class: 'gutter', 'aria-hidden': 'true' }, String(line.number)),
    make('span', { class: 'said' }, ...runs),
  );
  line.element.classList.toggle('shaded', shaded.lines.has(line.number));
}

function pickInText(line, event) {
  const caret = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  let character = null;
  if (caret && line.element.lastChild.contains(caret.offsetNode)) {
    const range = document.createRange();
    range.setStart(line.element.lastChild, 0);
    range.setEnd(caret.offsetNode, caret.offset);
    character = Array.from(range.toString()).length;
    const inside = (at) => cellAt(line.number, at, null) !== null;
    if (!inside(character) && inside(character - 1)) character -= 1;
  }
  pick(line.number, character);
}

// Lights.
function putOut() {
  const before = lit;
  lit = [];
  for (const { piece, element } of before) {
    element?.remove();
    const line = lineAt(piece.line);
    if (!onPages && line.element) paintLine(line);
  }
}

/** Light pieces up; each has a kind, which is how it is told apart. The first is scrolled to. */
function light(marks, scroll = true) {
  putOut();
  lit = marks.map((mark) => ({ ...mark }));
  for (const mark of lit) {
    const line = lineAt(mark.piece.line);
    const leaf = leafOfLine[line.number];
    fill(leaf);
    if (!onPages) paintLine(line);
    else if (line.box) {
      const { x0, x1 } = mark.piece.x0 == null ? line.box : mark.piece;
      mark.element = rectangle(line, x0, x1, `lit ${mark.kind}`);
      leaf.over.append(mark.element);
    }
  }
  if (lit.length && scroll) scrollTo(lit[0]);
}

function scrollTo(mark) {
  const line = lineAt(mark.piece.line);
  const target = mark.element ?? line.element ?? leafOfLine[line.number].element;
  const [inner, outer] = [target.getBoundingClientRect(), sheet.getBoundingClientRect()];
  const seenWhole = inner.top >= outer.top + 8 && inner.bottom <= outer.bottom - 8;
  const aside = inner.left < outer.left || inner.right > outer.right;
  if (seenWhole && !aside) return;
  sheet.scrollBy({
    top: inner.top - outer.top - outer.height * 0.3,
    left: aside ? inner.left - outer.left - 24 : 0,
    behavior: 'instant',
  });
}

/** Shade the lines of a record, so that one sees where it begins and ends. */
function shade(numbers) {
  const before = shaded;
  shaded = {
    lines: new Set(numbers),
    leaves: new Set(numbers.map((number) => leafOfLine[number])),
  };
  for (const leaf of new Set([...before.leaves, ...shaded.leaves])) {
    if (leaf.filled) shadeLeaf(leaf);
  }
}

function shadeLeaf(leaf) {
  if (!onPages) {
    for (const line of leaf.lines) {
      line.element?.classList.toggle('shaded', shaded.lines.has(line.number));
    }
    return;
  }
  const left = Math.min(...leaf.lines.map((line) => line.box?.x0 ?? Infinity));
  const bands = [];
  for (const line of leaf.lines) {
    if (!line.box || !shaded.lines.has(line.number)) continue;
    const { x0, top, bottom } = line.box;
    const before = bands.at(-1);
    // One bar for lines that follow each other downwards in a column, of any indent.
    if (before?.last === line.number - 1 && top >= before.top && top - before.bottom < 60) {
      Object.assign(before, { last: line.number, bottom: Math.max(bottom, before.bottom) });
    } else {
      bands.push({ last: line.number, x: x0 - left < 40 ? left : x0, top, bottom });
    }
  }
  leaf.under.replaceChildren(...bands.map(({ x, top, bottom }) =>
    draw('rect', { class: 'band', x: x - 9, y: top, width: 2.5, height: bottom - top })));
}

// Page number and size.
const pageInput = document.getElementById('page');
const ofPages = document.getElementById('of-pages');
if (onPages) {
  pageInput.max = String(leaves.length);
  const count = () => { ofPages.textContent = `${say('di', 'of')} ${leaves.length}`; };
  count();
  listeners.push(count);
  pageInput.addEventListener('change', () => {
    const leaf = leaves[Math.min(Math.max(pageInput.valueAsNumber || 1, 1), leaves.length) - 1];
    leaf.element.scrollIntoView({ block: 'start', behavior: 'instant' });
  });
  let waiting = false;
  sheet.addEventListener('scroll', () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const middle = sheet.getBoundingClientRect().top + sheet.clientHeight / 3;
      const here = leaves.findLast((leaf) => leaf.element.getBoundingClientRect().top <= middle);
      if (document.activeElement !== pageInput) pageInput.value = String(here?.number ?? 1);
    });
  });
} else {
  pageInput.closest('label').hidden = true;
}

function resize(factor) {
  zoom = Math.min(Math.max(zoom * factor, 0.5), 4);
  sheet.style.setProperty('--zoom', String(zoom));
}
document.getElementById('smaller').addEventListener('click', () => resize(1 / 1.25));
document.getElementById('larger').addEventListener('click', () => resize(1.25));
