// Asks MJML's own engine about documents.
//   node mjml5.cjs FOLDER   (that of the npm packages)
// In: {"name": "<mjml>…", …}; out: {"name": {html, errors: [{line, tag, message}]} or
// {thrown: "why"}, …}
const fs = require('fs');
const path = require('path');

console.log = console.error; // the answer stands alone
const engine = require(path.join(process.argv[2], 'node_modules', 'mjml'));
const compile = engine.default || engine;

async function answer(document) {
  try {
    const { html, errors } = await compile(document, { validationLevel: 'soft' });
    return {
      html,
      errors: (errors || []).map(({ line, tagName, message }) => ({ line, tag: tagName, message })),
    };
  } catch (error) {
    return { thrown: String(error.message) };
  }
}

(async () => {
  const answers = {};
  for (const [name, document] of Object.entries(JSON.parse(fs.readFileSync(0, 'utf8'))))
    answers[name] = await answer(document);
  process.stdout.write(JSON.stringify(answers));
})();
