/** How a response reached us: by the link of a notice, over the API, or in a file of many. */
export const responseChannels = ['link', 'api', 'csv'] as const;
