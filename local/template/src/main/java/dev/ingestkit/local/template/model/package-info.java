/**
 * The template as nodes that know their positions, before and after its functions are resolved: {@link
 * dev.ingestkit.local.template.model.TemplateNode}, typed access by {@link
 * dev.ingestkit.local.template.model.Properties}, and the problems found in them. Nodes are immutable.
 */
@NullMarked
package dev.ingestkit.local.template.model;

import org.jspecify.annotations.NullMarked;
