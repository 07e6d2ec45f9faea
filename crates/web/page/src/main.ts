// Judging made quick. Every page is whole without this: here forms are sent without leaving the page,
// keys press the buttons that are there, selected words fill the form beside the text, and what
// others judge appears. Nothing is rendered here: the server's page is fetched and put in place.

import { choose } from './adding';
import { counting } from './choosing';
import { watch } from './fresh';
import { listen } from './keys';
import { linking } from './linking';
import { picturing } from './picturing';
import { replaying } from './replaying';
import { select } from './selecting';
import { send } from './sending';
import { sources } from './sources';

send();
listen();
select();
choose();
counting();
picturing();
linking();
replaying();
sources();
watch();
