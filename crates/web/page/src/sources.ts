// Sources sent to be read: files and folders are dropped on the page, and it says how much is sent. The
// form is whole without this; what is dropped is sent by the same form.

import { button, dialog, element, say } from './saying';

interface Dropped {
  name: string;
  file: File;
}

/** What was dropped and not yet sent. */
let dropped: Dropped[] = [];

const form = (): HTMLFormElement | null => document.querySelector('form.sources');

/** All files of an entry, with their names below what was dropped. */
async function filesOf(entry: FileSystemEntry, within: string): Promise<Dropped[]> {
  const name = within ? `${within}/${entry.name}` : entry.name;
  if (entry.isFile) {
    const file = await new Promise<File>((good, bad) => (entry as FileSystemFileEntry).file(good, bad));
    return [{ name, file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Dropped[] = [];
  for (;;) {
    // A folder is told in pieces, of which the last is empty.
    const some = await new Promise<FileSystemEntry[]>((good, bad) => reader.readEntries(good, bad));
    if (some.length === 0) {
      return found;
    }
    for (const one of some) {
      found.push(...(await filesOf(one, name)));
    }
  }
}

/** Shows what was dropped, with a button to leave it. */
function show(): void {
  const place = form()?.querySelector('.drop');
  if (!place) {
    return;
  }
  place.querySelector('.dropped')?.remove();
  const line = element('p', '', { class: 'dropped' });
  if (dropped.length > 0) {
    const names = dropped.slice(0, 3).map((one) => one.name).join(', ');
    const more = dropped.length > 3 ? ` and ${dropped.length - 3} more` : '';
    line.append(
      `Dropped here: ${names}${more}. `,
      button('Leave them', () => {
        dropped = [];
        show();
      }),
    );
  } else {
    line.append('Files and folders can be dropped on this page, too.');
  }
  place.append(line);
}

/** What is sent: the fields of the form in their order, then what was dropped. */
function pairs(own: HTMLFormElement): FormData {
  const sent = new FormData();
  for (const [name, value] of new FormData(own)) {
    if (typeof value === 'string') {
      sent.append(name, value);
    } else if (value.name !== '' || value.size > 0) {
      sent.append(name, value, value.webkitRelativePath || value.name);
    }
  }
  for (const { name, file } of dropped) {
    sent.append('files', file, name);
  }
  return sent;
}

/** Why so much is not sent at once, if it is too much. */
function tooMuch(own: HTMLFormElement, sent: FormData): string | undefined {
  const files = [...sent.values()].filter((value) => value instanceof File);
  const bytes = files.reduce((all, file) => all + file.size, 0);
  const [most, largest] = [Number(own.dataset.mostFiles), Number(own.dataset.mostBytes)];
  if (files.length > most) {
    return `These are ${files.length} files, and at most ${most} are taken at once.`;
  }
  return bytes > largest
    ? `These are ${(bytes / 2 ** 30).toFixed(1)} GiB, and at most ${largest / 2 ** 30} are taken at once.`
    : undefined;
}

/** Files of plain text, of which each is one document. */
const TEXTS = /\.(txt|text|md|html?|xhtml)$/i;

/** Texts that are longer than one that is read, by their names; what is pasted has none. */
function tooLong(own: HTMLFormElement, sent: FormData): string[] {
  const most = Number(own.dataset.mostText);
  const pasted = sent.get('text');
  const names = typeof pasted === 'string' && new Blob([pasted]).size > most ? ['what is pasted'] : [];
  for (const value of sent.values()) {
    if (value instanceof File && TEXTS.test(value.name) && value.size > most) {
      names.push(value.name);
    }
  }
  return names;
}

function refused(error: string, advice: string): void {
  const leave = button('Close', () => opened.close());
  const opened = dialog('Not taken in', element('p', error), element('p', advice), leave);
}

/** Sends the form, says how much of it is sent, and goes to the page of its reading. */
function deliver(own: HTMLFormElement): void {
  const sent = pairs(own);
  const over = tooMuch(own, sent);
  if (over) {
    refused(over, 'Send it in parts, or read the folder with the command `throughline read`.');
    return;
  }
  const long = tooLong(own, sent);
  if (long.length > 0) {
    const most = Number(own.dataset.mostText) / 2 ** 20;
    const named = long.slice(0, 5).join(', ') + (long.length > 5 ? ` and ${long.length - 5} more` : '');
    refused(`No text of more than ${most} MiB is read, and this is longer: ${named}.`, 'Split it, or leave it out. Nothing was sent.');
    return;
  }
  const press = own.querySelector<HTMLButtonElement>('.send button');
  const bar = element('progress', '', { 'aria-label': 'Sent', max: '1', value: '0' });
  const stop = button('Stop sending', () => request.abort());
  own.querySelector('.send')?.append(' ', bar, ' ', stop);
  press?.setAttribute('disabled', '');
  // The page is not put in place anew meanwhile.
  document.body.dataset.sending = 'yes';
  const settle = (): void => {
    bar.remove();
    stop.remove();
    press?.removeAttribute('disabled');
    delete document.body.dataset.sending;
  };
  const request = new XMLHttpRequest();
  request.open('POST', '/read');
  request.setRequestHeader('accept', 'application/json');
  request.upload.addEventListener('progress', (event) => {
    if (event.lengthComputable) {
      bar.value = event.loaded / event.total;
      say(`${Math.floor((100 * event.loaded) / event.total)} % is sent.`);
    }
  });
  request.addEventListener('load', () => {
    settle();
    let told: unknown;
    try {
      told = JSON.parse(request.responseText);
    } catch {
      told = undefined;
    }
    const [begun] = Array.isArray(told) ? (told as { address?: string }[]) : [];
    if (request.status === 200 && begun?.address) {
      dropped = [];
      location.assign(begun.address);
    } else {
      const why = (told ?? {}) as { error?: string; advice?: string };
      refused(why.error ?? 'It was not taken in.', why.advice ?? 'Load the page again, and send it once more.');
    }
  });
  request.addEventListener('abort', () => {
    settle();
    say('Nothing was taken in.');
  });
  request.addEventListener('error', () => {
    settle();
    refused(
      'The server does not answer as it did, so nothing was taken in.',
      'See that `throughline serve` still runs; if it was started anew, open the address that it printed.',
    );
  });
  request.send(sent);
}

/** Takes in what is dropped on the page, where it has the form. */
async function take(items: DataTransferItemList): Promise<void> {
  // All are asked for at once: the list is emptied when this function first waits.
  const all = [...items].filter((one) => one.kind === 'file');
  const found = all.map((one) => ({ entry: one.webkitGetAsEntry(), file: one.getAsFile() }));
  try {
    for (const { entry, file } of found) {
      if (entry) {
        dropped.push(...(await filesOf(entry, '')));
      } else if (file) {
        dropped.push({ name: file.name, file });
      }
    }
  } catch {
    say('Some of it could not be opened.');
  }
  show();
  say(`${dropped.length} ${dropped.length === 1 ? 'file is' : 'files are'} to be sent.`);
}

/** Listens where sources are read in. */
export function sources(): void {
  if (!form()) {
    return;
  }
  show();
  document.addEventListener('fresh', show);
  document.addEventListener('submit', (event) => {
    const own = event.target;
    if (own instanceof HTMLFormElement && own.matches('form.sources')) {
      event.preventDefault();
      deliver(own);
    }
  });
  const has = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
  document.addEventListener('dragover', (event) => {
    if (has(event)) {
      event.preventDefault();
      form()?.classList.add('over');
    }
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) {
      form()?.classList.remove('over');
    }
  });
  document.addEventListener('drop', (event) => {
    form()?.classList.remove('over');
    if (has(event) && event.dataTransfer) {
      event.preventDefault();
      void take(event.dataTransfer.items);
    }
  });
}
