/** The commands' reference, written from the commands themselves: the page in docs/, man pages, completion. */
@NullMarked
package dev.ingestkit.cli.reference;

import org.jspecify.annotations.NullMarked;
