/**
 * A DynamoDB engine for one account in one Region: requests in, answers out, without HTTP. {@link
 * dev.ingestkit.local.table.TableEngine} is the entrance; the package and those below it have no threads and read no
 * clock but the given one.
 */
@NullMarked
package dev.ingestkit.local.table;

import org.jspecify.annotations.NullMarked;
