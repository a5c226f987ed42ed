/** The names of all that page and main process say to each other. */
export const CHANNELS = {
  connect: 'desk:connect',
  port: 'desk:port',
  pickFiles: 'desk:pick-files',
  stageDropped: 'desk:stage-dropped',
  pickTarget: 'desk:pick-target',
  pickFolder: 'desk:pick-folder',
  openExternal: 'desk:open-external',
} as const;
