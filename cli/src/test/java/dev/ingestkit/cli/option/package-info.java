@NullMarked
package dev.ingestkit.cli.option;

import org.jspecify.annotations.NullMarked;
