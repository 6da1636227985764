//! Where files lie: on this machine, and with the feature `object-store` on S3 and behind HTTP.

use std::sync::Arc;

use datafusion::common::Result;
use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};

/// What a context opens files with.
pub(crate) fn environment() -> Result<Arc<RuntimeEnv>> {
    let builder = RuntimeEnvBuilder::new();
    #[cfg(feature = "object-store")]
    let builder = builder.with_object_store_registry(Arc::new(remote::Stores::default()));
    builder.build_arc()
}

#[cfg(feature = "object-store")]
pub(crate) mod remote {
    //! Stores that are opened when somebody names them.

    use std::sync::Arc;
    use std::time::Duration;

    use datafusion::common::{Result, config_err};
    use datafusion::execution::object_store::{DefaultObjectStoreRegistry, ObjectStoreRegistry};
    use object_store::aws::AmazonS3Builder;
    use object_store::http::HttpBuilder;
    use object_store::{ClientOptions, ObjectStore, RetryConfig};
    use url::{Position, Url};

    /// So long a store is asked again that does not answer.
    const PATIENCE: Duration = Duration::from_secs(20);

    /// The stores of an engine, each opened once.
    #[derive(Debug, Default)]
    pub(crate) struct Stores {
        known: DefaultObjectStoreRegistry,
    }

    impl ObjectStoreRegistry for Stores {
        fn register_store(
            &self,
            address: &Url,
            store: Arc<dyn ObjectStore>,
        ) -> Option<Arc<dyn ObjectStore>> {
            self.known.register_store(address, store)
        }

        fn deregister_store(&self, address: &Url) -> Result<Arc<dyn ObjectStore>> {
            self.known.deregister_store(address)
        }

        fn get_store(&self, address: &Url) -> Result<Arc<dyn ObjectStore>> {
            if let Ok(store) = self.known.get_store(address) {
                return Ok(store);
            }
            let store = open(address)?;
            self.known.register_store(address, Arc::clone(&store));
            Ok(store)
        }
    }

    /// Opens the store of an address; who may read a bucket is told by the environment, as for every other program of that kind.
    fn open(address: &Url) -> Result<Arc<dyn ObjectStore>> {
        let retry =
            RetryConfig { max_retries: 3, retry_timeout: PATIENCE, ..RetryConfig::default() };
        Ok(match address.scheme() {
            "s3" => {
                let bucket = address.host_str().unwrap_or_default();
                let builder = AmazonS3Builder::from_env().with_bucket_name(bucket);
                Arc::new(builder.with_retry(retry).build()?)
            }
            "http" | "https" => {
                let origin = &address[..Position::BeforePath];
                let options = ClientOptions::new().with_allow_http(true);
                let builder = HttpBuilder::new().with_url(origin).with_client_options(options);
                Arc::new(builder.with_retry(retry).build()?)
            }
            other => {
                return config_err!(
                    "{address}: files are read from s3, http and https, not {other}"
                );
            }
        })
    }

    #[cfg(test)]
    mod tests {
        use datafusion::execution::object_store::ObjectStoreRegistry as _;
        use url::Url;

        use super::Stores;

        #[test]
        fn stores_are_opened_by_their_addresses() {
            let stores = Stores::default();
            for (address, told) in [
                ("file:///a.parquet", None),
                ("s3://store/news/", None),
                ("https://data.example/news.parquet", None),
                ("http://data.example:8080/news.parquet", None),
                ("ftp://data.example/news.parquet", Some("not ftp")),
            ] {
                let found = stores.get_store(&Url::parse(address).unwrap());
                match told {
                    None => assert!(found.is_ok(), "{address}: {found:?}"),
                    Some(told) => assert!(found.unwrap_err().to_string().contains(told)),
                }
            }
        }
    }
}
