package dev.purser.orders;

import dev.purser.kernel.Money;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

@Converter(autoApply = true)
class MoneyColumn implements AttributeConverter<@Nullable Money, @Nullable BigDecimal> {

    @Override
    public @Nullable BigDecimal convertToDatabaseColumn(@Nullable Money money) {
        return money == null ? null : money.usd();
    }

    @Override
    public @Nullable Money convertToEntityAttribute(@Nullable BigDecimal usd) {
        return usd == null ? null : new Money(usd);
    }
}
