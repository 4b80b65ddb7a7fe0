package dev.purser.provisioning;

import dev.purser.kernel.PurchasingAccount;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Statements about one purchasing account, which they name {@code :account}. */
record AccountSql(EntityManager db, PurchasingAccount account) {

    @SuppressWarnings("unchecked")
    Stream<Tuple> rows(String sql) {
        return db.createNativeQuery(sql, Tuple.class)
                .setParameter("account", account.id())
                .getResultStream();
    }

    void update(String sql, Map<String, ? extends @Nullable Object> values) {
        Query query = db.createNativeQuery(sql).setParameter("account", account.id());
        values.forEach(query::setParameter);
        query.executeUpdate();
    }
}
