package dev.purser.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.intake.OrderForm.Rules;
import dev.purser.kernel.event.Contracts;
import dev.purser.kernel.event.Flaw;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * The check of order data in JSON: by the form, which knows every rule and says it best, and by the schema that partners are given, so
 * that nothing is taken which the schema forbids. A test keeps the two of one mind.
 */
@ApplicationScoped
class OrderData {

    private final Contracts contracts;

    OrderData(Contracts contracts) {
        this.contracts = contracts;
    }

    Checked check(JsonNode data, Rules rules) {
        return OrderForm.ofJson(data, rules).fold(new Checked.Cases<>() {
            @Override
            public Checked valid(Checked.Valid order) {
                List<Flaw> flaws = contracts.check(OrderEvents.TYPE, data);
                return flaws.isEmpty()
                        ? order
                        : new Checked.Invalid(flaws.stream().map(FieldError::of).toList());
            }

            @Override
            public Checked invalid(Checked.Invalid errors) {
                return errors;
            }
        });
    }
}
