/** The storage of an event in the table: the attributes, their size by DynamoDB's rule, encoding and reassembly. */
@NullMarked
package dev.ingestkit.core.item;

import org.jspecify.annotations.NullMarked;
