/** The reference, generated from the commands: the page in docs/, manual pages, completion scripts. */
@NullMarked
package dev.ingestkit.cli.reference;

import org.jspecify.annotations.NullMarked;
