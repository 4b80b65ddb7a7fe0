package dev.purser.intake;

import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.event.Flaw;
import dev.purser.orders.Submission;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the check of an order form found. */
public sealed interface Checked {

    <R> R fold(Cases<R> cases);

    /** One branch for each finding. */
    interface Cases<R> {
        R valid(Valid order);

        R invalid(Invalid errors);
    }

    /** An order that may be submitted. */
    record Valid(
            OrderId orderId,
            UUID accountId,
            @Nullable UUID projectId,
            @Nullable String campaign,
            @Nullable Money maxCost,
            LicenseSpec license)
            implements Checked {

        public Submission from(String source, @Nullable Long importId, boolean replay) {
            return new Submission(orderId, accountId, projectId, campaign, maxCost, license, source, importId, replay);
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.valid(this);
        }
    }

    /** All that is wrong with it at once. */
    record Invalid(List<FieldError> errors) implements Checked {

        public String message() {
            return FieldError.sentence(errors);
        }

        /** The same for those who sent JSON. */
        String pointers() {
            return errors.stream()
                    .map(error -> new Flaw(error.pointer(), error.message()).toString())
                    .collect(Collectors.joining("; "));
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.invalid(this);
        }
    }
}
