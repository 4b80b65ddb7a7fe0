package dev.purser.kernel;

/** A customer's email address. Masks itself wherever it is printed; {@link #address()} is for those who must send or store it. */
public record Email(String address) {

    public Email {
        if (address.isBlank()) {
            throw new IllegalArgumentException("an email address is not blank");
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
