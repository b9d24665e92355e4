// A small view library: a page describes what it shows as a tree of nodes, and patch() changes the document to match.
// Text is only ever set as text, so that no payload can become markup.

const SVG = 'http://www.w3.org/2000/svg';

/** Creates a node. Children may be nodes, texts, numbers, arrays of them, or null and false for none. */
export function h(tag, props, ...children) {
  return { tag, props: props ?? {}, children: children.flat(Infinity).filter(shown).map(asNode) };
}

const shown = child => child !== null && child !== undefined && child !== false && child !== true;
const asNode = child => (typeof child === 'object' ? child : { text: String(child) });

/** Shows a tree in an element. */
export function render(root, tree) {
  patchChildren(root, root.shownTree ?? [], [tree], false);
  root.shownTree = [tree];
}

function create(node, svg) {
  if (node.text !== undefined) {
    node.element = document.createTextNode(node.text);
    return node.element;
  }
  const inSvg = svg || node.tag === 'svg';
  node.element = inSvg ? document.createElementNS(SVG, node.tag) : document.createElement(node.tag);
  patchProps(node.element, {}, node.props);
  patchChildren(node.element, [], node.children, inSvg);
  node.props.ready?.(node.element);
  return node.element;
}

function patch(old, node, svg) {
  node.element = old.element;
  if (node.text !== undefined) {
    if (old.text !== node.text) node.element.data = node.text;
    return;
  }
  patchProps(node.element, old.props, node.props);
  patchChildren(node.element, old.children, node.children, svg || node.tag === 'svg');
}

function same(old, node) {
  return old.tag === node.tag && (old.text === undefined) === (node.text === undefined)
    && old.props?.key === node.props?.key;
}

function patchChildren(parent, olds, nodes, svg) {
  const keyed = new Map();
  for (const old of olds) if (old.props?.key !== undefined) keyed.set(old.props.key, old);
  const unkeyed = olds.filter(old => old.props?.key === undefined);
  const used = new Set();
  let nextUnkeyed = 0;
  let after = parent.firstChild;
  for (const node of nodes) {
    const key = node.props?.key;
    let old = key === undefined ? unkeyed[nextUnkeyed++] : keyed.get(key);
    if (old && (used.has(old) || !same(old, node))) old = undefined;
    if (old) {
      used.add(old);
      patch(old, node, svg);
    } else {
      create(node, svg);
    }
    if (node.element === after) after = after.nextSibling;
    else parent.insertBefore(node.element, after);
  }
  for (const old of olds) if (!used.has(old)) old.element.remove();
}

const PROPERTIES = new Set(['value', 'checked', 'disabled', 'selected', 'hidden', 'open']);
const IGNORED = new Set(['key', 'ready']);

function patchProps(element, old, props) {
  for (const name of Object.keys(old)) if (!(name in props)) setProp(element, name, undefined);
  for (const [name, value] of Object.entries(props)) {
    if (!IGNORED.has(name) && (old[name] !== value || name === 'value')) setProp(element, name, value);
  }
}

function setProp(element, name, value) {
  if (name.startsWith('on')) {
    // A handler's value means nothing here: false would cancel what the browser does, such as typing a character.
    element[name] = value ? event => { value(event); } : null;
  } else if (name === 'style') {
    element.style.cssText = '';
    for (const [property, setting] of Object.entries(value ?? {})) element.style.setProperty(property, setting);
  } else if (PROPERTIES.has(name) && element.tagName !== 'OPTION') {
    if (element[name] !== (value ?? '')) element[name] = value ?? '';
  } else if (value === undefined || value === null || value === false) {
    element.removeAttribute(name);
  } else {
    element.setAttribute(name, value === true ? '' : String(value));
  }
  if (name === 'selected') element.selected = Boolean(value);
}
