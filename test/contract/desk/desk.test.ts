import { overCli, overHttp, overPort } from './connect.ts';
import { describeDesk } from './describe-desk.ts';

describeDesk('the bare port', overPort);
describeDesk('the browser host', overHttp);
describeDesk('the command line', overCli);
