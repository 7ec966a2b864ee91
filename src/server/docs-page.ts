/** /docs: the OpenAPI document as a page to read. Plain HTML, nothing from elsewhere. */
import { escapeHtml, page } from '../base/routes/ogc/html.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly prefixItems?: readonly Schema[];
  readonly description?: string;
  readonly format?: string;
  readonly default?: unknown;
}

interface Operation {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[];
  readonly requestBody?: { content: Readonly<Record<string, { schema?: Schema }>> };
  readonly responses?: Readonly<Record<string, { description?: string; content?: Readonly<Record<string, { schema?: Schema }>> }>>;
}

export interface OpenApiDocument {
  readonly info: { title: string; version: string; description?: string };
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

function anchor(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

/** A schema in one line, as TypeScript would write it. */
function inline(schema: Schema | undefined): string {
  if (schema === undefined) return '';
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').pop() ?? '';
    return `<a href="#schema-${anchor(name)}">${escapeHtml(name)}</a>`;
  }
  if (schema.enum !== undefined) return schema.enum.map((value) => escapeHtml(JSON.stringify(value))).join(' | ');
  if (schema.const !== undefined) return escapeHtml(JSON.stringify(schema.const));
  const union = schema.anyOf ?? schema.oneOf;
  if (union !== undefined) return union.map(inline).join(' | ');
  if (schema.prefixItems !== undefined) return `[${schema.prefixItems.map(inline).join(', ')}]`;
  if (schema.type === 'array') return `${inline(schema.items)}[]`;
  if (schema.properties !== undefined) {
    const fields = Object.entries(schema.properties).map(([name, inner]) => `${escapeHtml(name)}${schema.required?.includes(name) === true ? '' : '?'}: ${inline(inner)}`);
    return `{ ${fields.join('; ')} }`;
  }
  if (typeof schema.additionalProperties === 'object') return `{ [name]: ${inline(schema.additionalProperties)} }`;
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : ((schema.type as string | undefined) ?? 'any');
  return escapeHtml(schema.format === undefined ? type : `${type} (${schema.format})`);
}

function fields(schema: Schema): string {
  if (schema.properties === undefined) return `<p><code>${inline(schema)}</code> ${escapeHtml(schema.description ?? '')}</p>`;
  const rows = Object.entries(schema.properties).map(
    ([name, inner]) =>
      `<tr><th scope="row"><code>${escapeHtml(name)}</code>${schema.required?.includes(name) === true ? '' : ' <small>optional</small>'}</th><td><code>${inline(inner)}</code></td><td>${escapeHtml(inner.description ?? '')}</td></tr>`,
  );
  return `<table>${rows.join('')}</table>`;
}

function bodies(content: Readonly<Record<string, { schema?: Schema }>> | undefined): string {
  return Object.entries(content ?? {})
    .map(([type, { schema }]) => `<code>${escapeHtml(type)}</code> ${inline(schema)}`)
    .join('; ');
}

function renderOperation(path: string, method: string, operation: Operation): string {
  const parameters = (operation.parameters ?? []).map(
    (parameter) =>
      `<tr><th scope="row"><code>${escapeHtml(parameter.name)}</code> <small>${parameter.in}${parameter.required === true ? '' : ', optional'}</small></th><td><code>${inline(parameter.schema)}</code>${
        parameter.schema?.default === undefined ? '' : ` <small>default ${escapeHtml(JSON.stringify(parameter.schema.default))}</small>`
      }</td><td>${escapeHtml(parameter.description ?? parameter.schema?.description ?? '')}</td></tr>`,
  );
  const answers = Object.entries(operation.responses ?? {}).map(([status, { description, content }]) => `<li><b>${status}</b> ${escapeHtml(description ?? '')} ${bodies(content)}</li>`);
  return `<section id="${anchor(`${method} ${path}`)}"><h3><code>${method.toUpperCase()} ${escapeHtml(path)}</code></h3><p>${escapeHtml(operation.summary ?? '')}</p>
${parameters.length === 0 ? '' : `<table>${parameters.join('')}</table>`}${operation.requestBody === undefined ? '' : `<p>Body: ${bodies(operation.requestBody.content)}</p>`}<ul>${answers.join('')}</ul></section>`;
}

export function renderDocs(document: OpenApiDocument): string {
  const byTag = new Map<string, string[]>();
  const index = new Map<string, string[]>();
  for (const [path, operations] of Object.entries(document.paths ?? {})) {
    for (const method of METHODS) {
      const operation = operations[method];
      if (operation === undefined) continue;
      const tag = operation.tags?.[0] ?? 'Other';
      byTag.set(tag, [...(byTag.get(tag) ?? []), renderOperation(path, method, operation)]);
      index.set(tag, [...(index.get(tag) ?? []), `<li><a href="#${anchor(`${method} ${path}`)}"><code>${method.toUpperCase()} ${escapeHtml(path)}</code></a> ${escapeHtml(operation.summary ?? '')}</li>`]);
    }
  }
  const contents = [...index].map(([tag, lines]) => `<h3>${escapeHtml(tag)}</h3><ul>${lines.join('')}</ul>`);
  const sections = [...byTag].map(([tag, parts]) => `<h2>${escapeHtml(tag)}</h2>${parts.join('')}`);
  const schemas = Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => `<section id="schema-${anchor(name)}"><h3>${escapeHtml(name)}</h3>${fields(schema)}</section>`);
  const { title, version, description } = document.info;
  return page(
    `${title} ${version}`,
    `<p>${escapeHtml(description ?? '')}</p><p><a href="/openapi.json">openapi.json</a> (OpenAPI 3.1) · <a href="/ogc">OGC API</a> · <a href="/ogc/api">OpenAPI 3.0 of the OGC API</a></p>
<nav>${contents.join('')}</nav>${sections.join('')}<h2>Schemas</h2>${schemas.join('')}`,
  );
}
