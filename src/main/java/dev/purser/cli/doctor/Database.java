package dev.purser.cli.doctor;

import dev.purser.cli.settings.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/** The configured PostgreSQL, opened only to read. */
final class Database {

    static final String URL = "quarkus.datasource.jdbc.url";
    static final String VARIABLE = "QUARKUS_DATASOURCE_JDBC_URL";

    private Database() {}

    static boolean isAddress(Settings settings) {
        return new Driver().acceptsURL(settings.find(URL).orElse(""));
    }

    static Connection open(Settings settings) throws SQLException {
        Properties properties = new Properties();
        settings.find("quarkus.datasource.username").ifPresent(name -> properties.put("user", name));
        settings.find("quarkus.datasource.password").ifPresent(word -> properties.put("password", word));
        properties.put("ApplicationName", "purser-doctor");
        properties.put("connectTimeout", "5");
        properties.put("socketTimeout", "10");
        properties.put("logServerErrorDetail", "false");
        Connection database = new Driver().connect(settings.find(URL).orElseThrow(), properties);
        database.setAutoCommit(false);
        database.setReadOnly(true);
        return database;
    }

    /** Where it is, without what may be a password. */
    static String place(Settings settings) {
        return settings.find(URL).orElse("").replaceAll("\\?.*", "").replaceAll("//[^/@]*@", "//");
    }
}
