/**
 * A position in the OpenAPI document: {@link dev.ingestkit.local.gateway.document.Located} pairs a node with its path,
 * so that an {@link dev.ingestkit.local.gateway.document.ApiDefinitionException} can name it. {@link
 * dev.ingestkit.local.gateway.document.LocalAddress} tells the addresses that the gateway calls. Immutable.
 */
@NullMarked
package dev.ingestkit.local.gateway.document;

import org.jspecify.annotations.NullMarked;
