// The form by which an assertion is added asks only for what fits: variables of the kind of its subject,
// values of the variable.

/** The kind of what the form is on. */
function kind(): string | undefined {
  const subject = document.querySelector<HTMLSelectElement>('#add-subject');
  const known = subject?.selectedOptions[0]?.dataset.kind;
  return known ?? document.querySelector<HTMLSelectElement>('#add-kind')?.value;
}

/** Lists the records of the form under an id, for values that are records. */
function records(): string {
  const id = 'terms-record';
  if (!document.getElementById(id)) {
    const list = document.createElement('datalist');
    list.id = id;
    for (const known of document.querySelectorAll<HTMLOptionElement>('#add-subject option[data-kind]')) {
      const option = document.createElement('option');
      option.value = known.value;
      option.label = known.text;
      list.append(option);
    }
    document.querySelector('#add')?.append(list);
  }
  return id;
}

/** Fits the form to what is chosen. */
function fit(): void {
  const subject = document.querySelector<HTMLSelectElement>('#add-subject');
  const variable = document.querySelector<HTMLSelectElement>('#add-variable');
  const value = document.querySelector<HTMLInputElement>('#add-value');
  if (!subject || !variable || !value) {
    return;
  }
  const isNew = subject.value === '';
  for (const id of ['add-kind', 'add-name']) {
    const field = document.querySelector<HTMLInputElement | HTMLSelectElement>(`#${id}`);
    if (field) {
      field.disabled = !isNew;
      field.required = isNew;
    }
  }
  const own = kind();
  for (const option of variable.options) {
    option.hidden = own !== undefined && !option.dataset.kinds?.split(' ').includes(own);
    option.disabled = option.hidden;
  }
  if (variable.selectedOptions[0]?.disabled) {
    const first = [...variable.options].find((option) => !option.disabled);
    variable.value = first?.value ?? '';
  }
  const shape = variable.selectedOptions[0]?.dataset.shape;
  const terms = `terms-${variable.value}`;
  const list = shape === 'record' ? records() : shape === 'answer' ? 'terms-answer' : terms;
  value.setAttribute('list', list);
}

let listening = false;

/** Fits the form now and whenever something else is chosen. */
export function choose(): void {
  fit();
  if (!listening) {
    listening = true;
    document.addEventListener('fresh', fit);
    document.addEventListener('change', (event) => {
      if (event.target instanceof HTMLElement && event.target.closest('#add')) {
        fit();
      }
    });
  }
}
