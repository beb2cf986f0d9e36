export const coloured = (text) => [text];
