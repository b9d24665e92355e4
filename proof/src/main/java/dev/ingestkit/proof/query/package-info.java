/** The results of {@code --query}, to be compared with those of another implementation of JMESPath. */
@NullMarked
package dev.ingestkit.proof.query;

import org.jspecify.annotations.NullMarked;
