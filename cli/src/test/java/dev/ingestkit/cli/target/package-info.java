@NullMarked
package dev.ingestkit.cli.target;

import org.jspecify.annotations.NullMarked;
