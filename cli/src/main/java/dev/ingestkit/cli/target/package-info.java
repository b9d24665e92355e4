/** Where a command works: which endpoint, which stack, which names, and where that was decided. */
@NullMarked
package dev.ingestkit.cli.target;

import org.jspecify.annotations.NullMarked;
