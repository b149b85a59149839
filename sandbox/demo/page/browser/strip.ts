/**
 * A row that scrolls horizontally if it is too wide. Its classes tell on which sides there is more, and the selected item
 * is scrolled into view.
 */
export interface Strip {
  /** Scrolls the selected item into view, or to the beginning if nothing is selected. */
  reveal(): void;
}

export function createStrip(element: HTMLElement): Strip {
  const look = (): void => {
    const before = Math.round(element.scrollLeft);
    const after = element.scrollWidth - element.clientWidth - before;
    element.classList.toggle('more-before', before > 0);
    element.classList.toggle('more-after', after > 0);
  };
  const reveal = (): void => {
    const open = element.querySelector('.open');
    if (open) open.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    else element.scrollLeft = 0;
    look();
  };
  element.addEventListener('scroll', look, { passive: true });
  // In a hidden tab it has no width, so nothing can be scrolled into view.
  new ResizeObserver(reveal).observe(element);
  new MutationObserver(look).observe(element, { childList: true });
  return { reveal };
}
