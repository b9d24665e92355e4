/** What a stack is doing, as far as its services tell. */
@NullMarked
package dev.ingestkit.cli.status;

import org.jspecify.annotations.NullMarked;
