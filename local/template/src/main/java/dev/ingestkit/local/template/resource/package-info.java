/**
 * Resources as declared, the types this runtime knows, and what {@code Ref} and {@code Fn::GetAtt} give for each:
 * {@link dev.ingestkit.local.template.resource.ResourceCatalog}, {@link
 * dev.ingestkit.local.template.resource.ResourceTypes}. The types are immutable; a catalog is used by one thread.
 */
@NullMarked
package dev.ingestkit.local.template.resource;

import org.jspecify.annotations.NullMarked;
