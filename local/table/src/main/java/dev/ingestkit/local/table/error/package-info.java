/** The errors that DynamoDB answers with. */
@NullMarked
package dev.ingestkit.local.table.error;

import org.jspecify.annotations.NullMarked;
