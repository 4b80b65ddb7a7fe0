package dev.purser.console;

import dev.purser.provisioning.AccountView;
import dev.purser.provisioning.AccountView.Window;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How long the orders on their way will take, as far as CoCalc's throttle decides it: that is what a big batch waits for. */
final class Eta {

    private static final long MILLIS_FOR_AN_ADDITION = 350;
    private static final long SECONDS_FOR_A_CHECKOUT = 5;

    private Eta() {}

    /**
     * @param toAdd orders that are not in a cart yet
     * @param inCarts orders that are, up to the handover
     * @return 0 when nothing is on its way, null when no account can buy
     */
    static @Nullable Long seconds(long toAdd, long inCarts, List<AccountView> accounts) {
        if (toAdd + inCarts == 0) {
            return 0L;
        }
        List<AccountView> buyers = accounts.stream().filter(Eta::canBuy).toList();
        if (buyers.isEmpty()) {
            return null;
        }
        long share = (toAdd + buyers.size() - 1) / buyers.size();
        long longest = buyers.stream()
                .mapToLong(buyer -> additions(share, buyer.throttle()))
                .max()
                .orElse(0);
        return longest + SECONDS_FOR_A_CHECKOUT;
    }

    private static boolean canBuy(AccountView account) {
        return account.room() != null && account.room().isLimited() && !account.paused();
    }

    /** The additions that fit into this hour, then one full hour after the other; the last one is not waited for to its end. */
    private static long additions(long count, List<Window> throttle) {
        long left = left(throttle, "hour");
        long limit = limit(throttle, "hour");
        if (count <= left) {
            return minutes(count, left(throttle, "minute"), limit(throttle, "minute"));
        }
        long rest = count - left;
        long hours = (rest + limit - 1) / limit;
        long inTheLast = rest - (hours - 1) * limit;
        long perMinute = limit(throttle, "minute");
        return hours * 3600 + minutes(inTheLast, perMinute, perMinute);
    }

    private static long minutes(long count, long left, long limit) {
        long paced = count * MILLIS_FOR_AN_ADDITION / 1000;
        return count <= left ? paced : Math.max(paced, (count - left) * 60 / limit);
    }

    private static long left(List<Window> throttle, String window) {
        return number(throttle, window, Window::left);
    }

    private static long limit(List<Window> throttle, String window) {
        return number(throttle, window, Window::limit);
    }

    private static long number(List<Window> throttle, String window, Function<Window, @Nullable Integer> number) {
        for (Window each : throttle) {
            Integer found = number.apply(each);
            if (each.isForAdditions() && each.window().equals(window) && found != null) {
                return found;
            }
        }
        return Long.MAX_VALUE;
    }
}
