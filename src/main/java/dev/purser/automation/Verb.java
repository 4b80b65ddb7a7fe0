package dev.purser.automation;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a command may ask for; the words are the contract's. */
public enum Verb {
    ACCOUNT_EMAIL("account.email", AccountEmail::read),
    USER_QUERY("user.query", UserQuery::read),
    DIRECTORY_LIST("directory.list", DirectoryList::read),
    LICENSES_LIST("licenses.list", LicensesList::read),
    PURCHASES_PULL("purchases.pull", PurchasesPull::read),
    PROJECT_STOP("project.stop", ProjectStop::read),
    LATEX_COMPILE("latex.compile", LatexCompile::read),
    ORDER_CANCEL("order.cancel", OrderAction::cancel),
    ORDER_RETRY("order.retry", OrderAction::retry),
    ORDER_APPROVE("order.approve", OrderAction::approve),
    RECONCILIATION_RUN("reconciliation.run", ReconciliationRun::read);

    private final String word;
    private final Function<Form, @Nullable Deed> reader;

    Verb(String word, Function<Form, @Nullable Deed> reader) {
        this.word = word;
        this.reader = reader;
    }

    public String word() {
        return word;
    }

    /** Null where something is wrong with the data; the form has noted what. */
    @Nullable
    Deed read(Form form) {
        return reader.apply(form);
    }

    public static Optional<Verb> parse(String word) {
        return Arrays.stream(values()).filter(verb -> verb.word.equals(word)).findFirst();
    }

    /** For people who used another word. */
    public static String words() {
        return Arrays.stream(values()).map(Verb::word).collect(Collectors.joining(", "));
    }
}
