// The overview works without this; here are the choice of an edition, search and sort.

const choice = document.getElementById('choice');
const sections = [...document.querySelectorAll('.edition')];

function choose(id) {
  for (const section of sections) section.hidden = section.getAttribute('aria-labelledby') !== id;
  choice.value = id;
}
if (choice) {
  choice.addEventListener('change', () => choose(choice.value));
  const wanted = sections.some((one) => one.getAttribute('aria-labelledby') === location.hash.slice(1));
  choose(wanted ? location.hash.slice(1) : sections[0].getAttribute('aria-labelledby'));
}

const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

for (const box of document.querySelectorAll('.actions')) {
  const body = box.querySelector('tbody');
  const rows = [...body.rows];
  const input = box.querySelector('input');
  const count = box.querySelector('[role="status"]');

  const search = () => {
    const words = folded(input.value).split(/\s+/).filter(Boolean);
    let left = 0;
    for (const row of rows) {
      const text = folded(row.textContent);
      row.hidden = !words.every((word) => text.includes(word));
      left += row.hidden ? 0 : 1;
    }
    count.textContent = say(`${left} azioni di ${rows.length}`, `${left} of ${rows.length} actions`);
  };
  input.addEventListener('input', search);
  listeners.push(search);
  search();

  const headers = [...box.querySelectorAll('thead th')];
  for (const [at, header] of headers.entries()) {
    const number = header.classList.contains('number');
    header.firstChild.addEventListener('click', () => {
      const down = header.getAttribute('aria-sort') === (number ? null : 'ascending')
        || (number && header.getAttribute('aria-sort') !== 'descending');
      for (const other of headers) other.removeAttribute('aria-sort');
      header.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const value = (row) => row.cells[at].dataset.sort ?? row.cells[at].textContent;
      const compare = number || rows[0]?.cells[at].dataset.sort !== undefined
        ? (one, other) => (parseFloat(value(one)) || 0) - (parseFloat(value(other)) || 0)
        : (one, other) => value(one).localeCompare(value(other), 'it', { numeric: true });
      rows.sort((one, other) => (down ? compare(other, one) : compare(one, other)));
      body.append(...rows);
    });
  }
}
