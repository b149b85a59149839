import fc from 'fast-check';

// In CI a run that failed can be repeated, and one that passed stays passed; elsewhere every run looks further.
if (process.env['CI']) fc.configureGlobal({ seed: 20_261_123 });
