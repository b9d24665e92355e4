/**
 * Contracts that hold wherever the pipeline runs. Each contract is an interface of tests; one class per target
 * implements it and names the target. The architecture rules are here too, since only this module sees all others.
 */
@NullMarked
package dev.ingestkit.contract;

import org.jspecify.annotations.NullMarked;
