/** The script of the page of golden cases: the filter, and the covers that can be lifted. */

const input = document.querySelector<HTMLInputElement>('#filter');
const count = document.querySelector('#count');
const named = [...document.querySelectorAll<HTMLElement>('[data-name]')];

function filter(): void {
  const words = (input?.value ?? '').toLowerCase().split(/\s+/u).filter(Boolean);
  for (const element of named)
    element.hidden = !words.every((word) => element.dataset['name']?.includes(word));
  const shown = named.filter(({ hidden, tagName }) => !hidden && tagName === 'SECTION').length;
  if (count) count.textContent = `${shown} case${shown === 1 ? '' : 's'}`;
}

input?.addEventListener('input', filter);
// A browser that comes back to the page keeps what was typed.
filter();

document.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element)) return;
  target.closest('[data-act="unveil"], [data-act="unfold"]')?.classList.toggle('open');
});

document.querySelector('#unveil')?.addEventListener('click', () => {
  const covers = [...document.querySelectorAll('[data-act="unveil"], [data-act="unfold"]')];
  const open = covers.some((cover) => !cover.classList.contains('open'));
  for (const cover of covers) cover.classList.toggle('open', open);
});
