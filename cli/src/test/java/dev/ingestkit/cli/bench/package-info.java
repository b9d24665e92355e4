@NullMarked
package dev.ingestkit.cli.bench;

import org.jspecify.annotations.NullMarked;
