/**
 * A position in the OpenAPI document: {@link dev.ingestkit.local.gateway.document.Located} pairs a node with its path,
 * so that an {@link dev.ingestkit.local.gateway.document.ApiDefinitionException} can name it. {@link
 * dev.ingestkit.local.gateway.document.LocalAddress} recognizes the addresses that the gateway may call. Immutable.
 */
@NullMarked
package dev.ingestkit.local.gateway.document;

import org.jspecify.annotations.NullMarked;
