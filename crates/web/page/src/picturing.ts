// A drawing as pixels: the file that the server gives, painted here, with all that is printed on it.

import { button, say } from './saying';

/** How many pixels there are for one of the drawing, so that it can be printed. */
const SCALE = 2;

/** Paints a drawing, light or dark as it is shown, and hands it over as PNG. */
async function keep(link: HTMLAnchorElement): Promise<void> {
  const picture = new Image();
  picture.src = link.href;
  try {
    await picture.decode();
  } catch {
    say('The drawing could not be fetched; load the page again.');
    return;
  }
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [picture.naturalWidth * SCALE, picture.naturalHeight * SCALE];
  const brush = canvas.getContext('2d');
  if (!brush) {
    return;
  }
  brush.fillStyle = '#ffffff';
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => {
    if (!blob) {
      say('The drawing is too large for pixels; keep it as SVG.');
      return;
    }
    const file = document.createElement('a');
    file.href = URL.createObjectURL(blob);
    file.download = `${location.pathname.slice(1).replaceAll('/', '-')}.png`;
    file.click();
    setTimeout(() => URL.revokeObjectURL(file.href), 10_000);
  }, 'image/png');
}

/** Offers pixels beside each drawing that can be kept. */
function offer(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('main a[data-picture]')) {
    if (!link.parentElement?.querySelector('button')) {
      link.after(button('Keep it as PNG', () => void keep(link)));
    }
  }
}

/** Offers them now and whenever the page is put in place anew. */
export function picturing(): void {
  offer();
  document.addEventListener('fresh', offer);
}
