package io.stockledger.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.conf.ConnectionUrl;
import com.mysql.cj.conf.HostInfo;
import com.mysql.cj.conf.PropertyKey;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of each property that a data source may set. */
final class DataSourceSettingsTest {
  /** The driver leaves the brackets on a host in one form of a URL, and has none in the other. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://[::1]:4000/stock?maxRows=1",
        "jdbc:mysql://address=(host=::1)(port=4000)(maxRows=1)/stock"
      })
  void aHostMayBeAnAddressOfIpv6(String url) {
    HostInfo host = ConnectionUrl.getConnectionUrlInstance(url, new Properties()).getMainHost();

    assertThat(DatabaseUrl.parse(DataSourceSettings.url(host, "stock")))
        .hasToString("[::1]:4000/stock");
  }

  /** A new version of the driver may have others: this list says what was decided of each. */
  @Test
  void whatDecidesOnTheWayToTheServerIsTakenOrRefused() {
    Set<String> taken = new TreeSet<>();
    Set<String> refused = new TreeSet<>();
    for (PropertyKey key : PropertyKey.values()) {
      try {
        if (DataSourceSettings.isTaken(key.getKeyName())) {
          taken.add(key.getKeyName());
        }
      } catch (RefusedPropertyException e) {
        assertThat(e.property()).isEqualTo(key.getKeyName());
        if (!key.getKeyName().startsWith("xdevapi.")) {
          refused.add(key.getKeyName());
        }
      }
    }
    assertThat(taken).isEqualTo(DatabaseUrl.allowedProperties());
    assertThat(refused)
        .containsExactly(
            "KeyManagerFactoryProvider",
            "address",
            "authenticationOpenidConnectCallbackHandler",
            "authenticationPlugins",
            "authenticationWebAuthnCallbackHandler",
            "clientInfoProvider",
            "connectionLifecycleInterceptors",
            "databaseTerm",
            "defaultAuthenticationPlugin",
            "disabledAuthenticationPlugins",
            "dnsSrv",
            "fipsCompliantJsse",
            "host",
            "idTokenFile",
            "keyStoreProvider",
            "ldapServerHostname",
            "ociConfigFile",
            "ociConfigProfile",
            "password1",
            "password2",
            "password3",
            "passwordCharacterEncoding",
            "path",
            "port",
            "priority",
            "propertiesTransform",
            "protocol",
            "socketFactory",
            "sslContextProvider",
            "trustManagerFactoryProvider",
            "type",
            "useConfigs");
  }
}
