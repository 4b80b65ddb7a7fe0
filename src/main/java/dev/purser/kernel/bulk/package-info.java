/** Many rows at once into PostgreSQL. */
@NullMarked
package dev.purser.kernel.bulk;

import org.jspecify.annotations.NullMarked;
