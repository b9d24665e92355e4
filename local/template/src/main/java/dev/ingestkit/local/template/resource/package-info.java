/**
 * Resources as declared, the types that this runtime knows, and the values of {@code Ref} and {@code Fn::GetAtt} for
 * each: {@link dev.ingestkit.local.template.resource.ResourceCatalog}, {@link
 * dev.ingestkit.local.template.resource.ResourceTypes}. The types are immutable; a catalog is used by one thread.
 */
@NullMarked
package dev.ingestkit.local.template.resource;

import org.jspecify.annotations.NullMarked;
