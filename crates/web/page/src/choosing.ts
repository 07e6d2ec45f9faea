// The words that a condition of a count can ask for are offered where one types its value.

/** Offers the words of what is asked. */
function offer(what: HTMLSelectElement): void {
  const value = document.getElementById(what.dataset.values ?? '');
  const list = `terms-${what.value}`;
  if (document.getElementById(list)) {
    value?.setAttribute('list', list);
  } else {
    value?.removeAttribute('list');
  }
}

/** Listens where a count is chosen. */
export function counting(): void {
  document.querySelectorAll<HTMLSelectElement>('select[data-values]').forEach(offer);
  document.addEventListener('change', (event) => {
    if (event.target instanceof HTMLSelectElement && event.target.dataset.values) {
      offer(event.target);
    }
  });
}
