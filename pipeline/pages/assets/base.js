// What both pages use: words in two languages, elements made of text, amounts.

const root = document.documentElement;
const listeners = [];

/** The words of the language in force. */
const say = (italian, english) => (root.lang === 'en' ? english : italian);

/** An element; children that are strings become text, never markup. */
function make(name, properties, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'class') element.className = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Swap the words of every element that has both languages, and tell who draws its own. */
function speak(language) {
  root.lang = language;
  for (const element of document.querySelectorAll('[data-en]')) {
    element.dataset.it ??= element.textContent;
    element.textContent = element.dataset[language];
  }
  for (const element of document.querySelectorAll('[data-en-label]')) {
    element.dataset.itLabel ??= element.getAttribute('aria-label');
    element.setAttribute('aria-label', element.dataset[`${language}Label`]);
  }
  for (const listener of listeners) listener(language);
}

/** "2531250.00" as people print it; the digits are never turned into a floating number. */
function euros(amount) {
  const [whole, cents] = amount.replace('-', '').split('.');
  const sign = amount.startsWith('-') ? '−' : '';
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, say('.', ','));
  return say(`${sign}${grouped},${cents} €`, `${sign}€${grouped}.${cents}`);
}

/** "2022-01-31" as people print it. */
function day(date) {
  const shape = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' };
  return new Intl.DateTimeFormat(say('it-IT', 'en-GB'), shape).format(new Date(`${date}T00:00Z`));
}

const languageButton = document.getElementById('language');
languageButton.addEventListener('click', () => {
  speak(root.lang === 'it' ? 'en' : 'it');
});
