package dev.purser.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.CoCalcDoor;
import dev.purser.cocalc.Refusal;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.provisioning.Standing.Bought;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class KeyCheckTest {

    private static final UUID FIRST = new UUID(1, 1);
    private static final UUID SECOND = new UUID(1, 2);
    private static final Answer<CoCalc.Identity> NOBODY = new Answer.NotSignedIn<>("FATAL: anonymous");
    private static final Answer<CoCalc.Identity> PROJECT = new Answer.Refused<>(Refusal.NO_ACCOUNT, "no account");
    private static final Answer<CoCalc.EmailAddress> MAY_NOT = new Answer.NotSignedIn<>("you must be an admin");

    private final Door door = new Door();
    private final Book book = new Book();
    private final Accounts accounts = new Accounts(door);
    private final List<String> woken = new ArrayList<>();
    private final KeyCheck check = new KeyCheck(door, book, book, accounts, Clock.systemUTC(), woken::add);

    @Test
    void an_account_is_used_once_cocalc_has_told_whose_key_it_is() {
        door.keys.put("main", is(FIRST));

        assertThat(check.ask()).isEmpty();

        assertThat(accounts.confirmed()).containsExactly(new PurchasingAccount(FIRST, "main"));
        assertThat(door.bound).containsEntry("main", FIRST);
        assertThat(accounts.trouble("main")).isNull();
    }

    @Test
    void an_anonymous_answer_is_no_proof_however_often_it_comes() {
        door.keys.put("main", NOBODY);

        for (int i = 0; i < 10; i++) {
            assertThat(check.ask()).isEmpty();
        }
        assertThat(accounts.trouble("main")).contains("or its database is down");

        door.keys.put("main", is(FIRST));
        check.ask();
        assertThat(accounts.confirmed()).hasSize(1);
        assertThat(accounts.trouble("main")).isNull();
    }

    @Test
    void a_program_with_nothing_but_keys_of_projects_and_of_no_partners_is_told_the_way_out() {
        door.keys.put("main", PROJECT);
        door.keys.put("other", is(SECOND));
        door.addresses.put("other", MAY_NOT);

        assertThat(check.ask()).isEmpty();
        assertThat(check.ask()).isEmpty();

        assertThat(check.ask().orElseThrow())
                .contains("VARIABLE_OF_main holds a key that belongs to no account")
                .contains(
                        "VARIABLE_OF_other holds the key of CoCalc account " + SECOND + ", which has no partner rights")
                .contains("take other out of the configuration");
        assertThat(book.names).isEmpty();
    }

    @Test
    void a_key_that_is_refused_ends_no_program_that_has_a_good_one_and_is_not_used() {
        door.keys.put("main", is(FIRST));
        door.keys.put("other", PROJECT);

        for (int i = 0; i < 5; i++) {
            assertThat(check.ask()).isEmpty();
        }

        assertThat(accounts.unconfirmed()).containsExactly("other");
        assertThat(accounts.everyoneLooked()).isFalse();
    }

    @Test
    void partner_rights_that_are_lacking_while_the_database_goes_down_prove_nothing() {
        door.addresses.put("main", MAY_NOT);
        door.afterAddress = () -> door.keys.put("main", NOBODY);

        for (int i = 0; i < 5; i++) {
            door.keys.put("main", is(FIRST));
            assertThat(check.ask()).isEmpty();
        }

        assertThat(accounts.trouble("main")).contains("or its database is down");
    }

    @Test
    void one_account_under_two_names_stops_the_start() {
        door.keys.put("main", is(FIRST));
        door.keys.put("twin", is(FIRST));

        assertThat(check.ask().orElseThrow()).contains("one account has one name");
        assertThat(book.paused).isEmpty();
    }

    @Test
    void a_twin_that_shows_up_later_is_paused() {
        door.keys.put("main", is(FIRST));
        door.keys.put("twin", NOBODY);
        check.ask();

        door.keys.put("twin", is(FIRST));

        assertThat(check.ask()).isEmpty();
        assertThat(book.paused).containsOnlyKeys("twin");
        assertThat(accounts.confirmed()).hasSize(1);
        assertThat(accounts.everyoneLooked())
                .as("what was bought on its account is known")
                .isTrue();
    }

    @Test
    void an_account_that_is_paused_and_gives_no_answer_may_have_bought_what_nobody_knows_of() {
        door.keys.put("main", is(FIRST));
        door.keys.put("second", NOBODY);
        book.paused.put("second", "somebody paused it");

        check.ask();
        assertThat(accounts.everyoneLooked()).isFalse();

        door.keys.put("second", is(SECOND));
        check.ask();
        assertThat(accounts.everyoneLooked()).isTrue();
    }

    @Test
    void a_new_key_of_the_same_account_goes_on_and_is_asked_about_once() {
        door.keys.put("main", is(FIRST));
        check.ask();
        door.identities = 0;
        door.newKeys.add("main");

        check.ask();
        check.ask();

        assertThat(door.identities).isEqualTo(1);
        assertThat(woken).containsExactly("main");
        assertThat(book.paused).isEmpty();
    }

    @Test
    void a_new_key_of_another_account_pauses_the_name_and_says_whose_it_is() {
        door.keys.put("main", is(FIRST));
        door.keys.put("other", is(SECOND));
        check.ask();

        door.keys.put("main", is(SECOND));
        door.newKeys.add("main");
        check.ask();

        assertThat(book.paused.get("main"))
                .isEqualTo("VARIABLE_OF_main holds the key of CoCalc account " + SECOND
                        + ", which is configured as other, but main is CoCalc account " + FIRST
                        + "; put a key of that account back and resume");
        assertThat(accounts.trouble("main")).isEqualTo(book.paused.get("main"));
        assertThat(accounts.trouble("other")).isNull();
    }

    @Test
    void a_new_key_of_a_project_pauses_the_name() {
        door.keys.put("main", is(FIRST));
        check.ask();

        door.keys.put("main", PROJECT);
        door.newKeys.add("main");
        check.ask();

        assertThat(book.paused.get("main")).contains("a key that belongs to no account");
    }

    @Test
    void a_key_that_counts_no_more_is_asked_about_until_it_does() {
        door.keys.put("main", is(FIRST));
        check.ask();
        door.keys.put("main", NOBODY);
        accounts.doubt("main", "seems not to count");

        check.ask();
        assertThat(accounts.trouble("main")).contains("does not accept the key of main");
        assertThat(woken).isEmpty();

        door.keys.put("main", is(FIRST));
        check.ask();
        assertThat(accounts.isAnyDoubted()).isFalse();
        assertThat(woken).containsExactly("main");
        assertThat(book.paused).isEmpty();
    }

    @Test
    void an_empty_list_is_no_look_when_the_key_stops_counting_meanwhile() {
        door.keys.put("main", is(FIRST));
        door.afterAddress = () -> door.keys.put("main", NOBODY);

        check.ask();

        assertThat(accounts.confirmed()).isEmpty();
        assertThat(book.remembered).isZero();
    }

    private static Answer<CoCalc.Identity> is(UUID account) {
        return new Answer.Done<>(new CoCalc.Identity(account, null));
    }

    private static final class Door implements CoCalcDoor {
        private final Map<String, Answer<CoCalc.Identity>> keys = new TreeMap<>();
        private final Map<String, Answer<CoCalc.EmailAddress>> addresses = new HashMap<>();
        private final Set<String> newKeys = new HashSet<>();
        private final Map<String, UUID> bound = new HashMap<>();
        private Runnable afterAddress = () -> {};
        private int identities;

        @Override
        public Set<String> accounts() {
            return keys.keySet();
        }

        @Override
        public CoCalc as(String alias) {
            return (CoCalc) Proxy.newProxyInstance(
                    CoCalc.class.getClassLoader(),
                    new Class<?>[] {CoCalc.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "identity" -> {
                            identities++;
                            newKeys.remove(alias);
                            yield keys.get(alias);
                        }
                        case "emailAddress" -> {
                            afterAddress.run();
                            yield addresses.getOrDefault(
                                    alias, new Answer.Done<>(new CoCalc.EmailAddress(true, Optional.empty())));
                        }
                        case "everPurchased" -> new Answer.Done<>(List.<CartItem>of());
                        default -> throw new UnsupportedOperationException(method.getName());
                    });
        }

        @Override
        public void bind(String alias, UUID account) {
            bound.put(alias, account);
        }

        @Override
        public boolean isKeyNew(String alias) {
            return newKeys.contains(alias);
        }

        @Override
        public String keyVariable(String alias) {
            return "VARIABLE_OF_" + alias;
        }
    }

    private static final class Book implements AccountBook, BoughtItems {
        @Override
        public void tellOrphans(java.util.Collection<UUID> configured) {}

        private final Map<UUID, String> names = new HashMap<>();
        private final Map<String, String> paused = new HashMap<>();
        private int remembered;

        @Override
        public Optional<String> bind(PurchasingAccount account) {
            String known = names.putIfAbsent(account.id(), account.name());
            return Optional.ofNullable(known)
                    .filter(name -> !name.equals(account.name()))
                    .map(name -> "configured as " + name + "; one account has one name");
        }

        @Override
        public Instant lookedAt(PurchasingAccount account) {
            return null;
        }

        @Override
        public void remember(PurchasingAccount account, List<CartItem> items) {
            remembered++;
        }

        @Override
        public void looked(Lease lease, List<CartItem> bought, List<CartItem> cart, Instant at) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void settle(Lease lease, List<Bought> bought, Function<Bought, PurchasingAccount> owners) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void balance(PurchasingAccount account, BigDecimal balance) {}

        @Override
        public void pause(String name, String why) {
            paused.putIfAbsent(name, why);
        }
    }
}
