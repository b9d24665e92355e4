/** AWS's wire protocols (JSON 1.0 and 1.1, CBOR, query) over {@code http}: what a service implements, how a request finds it, how an error looks. */
@NullMarked
package dev.ingestkit.local.protocol;

import org.jspecify.annotations.NullMarked;
