/** A DynamoDB engine for one account in one Region: requests in, answers out, without HTTP. */
@NullMarked
package dev.ingestkit.local.table;

import org.jspecify.annotations.NullMarked;
