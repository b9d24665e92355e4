/**
 * What must hold wherever the pipeline runs. Each contract is an interface of tests; a class for each target implements
 * it and says where that target is. The architecture's rules are here too, since only this module sees all others.
 */
@NullMarked
package dev.ingestkit.contract;

import org.jspecify.annotations.NullMarked;
