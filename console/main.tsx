import { render } from 'preact';
import { followSteps } from './api/call-record.ts';
import { App } from './app.tsx';
import { followTime } from './state/now.ts';
import { followPreferences } from './state/preferences.ts';
import { followAddress } from './state/route.ts';
import './style/tokens.css';
import './style/page.css';
import './style/code.css';
import './style/controls.css';
import './style/lists.css';
import './style/dialogs.css';
import './style/explorer.css';

followPreferences();
followSteps();
followAddress();
followTime();

const place = document.getElementById('app');
if (place === null) throw new Error('the page has no place for the application');
render(<App />, place);
