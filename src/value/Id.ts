/**
 * The identifiers of the records. Each kind is a type of its own, so that a location can never be passed where an
 * organization is meant; all are compared exactly as given (ALLOC-71; deployment.md,
 * section 2). The codecs of the records make them.
 *
 * @since 0.1.0
 */
import type { t } from '../prelude.js'

interface UnitIdBrand {
  readonly UnitId: unique symbol
}

/**
 * The id of an organization or of a location.
 *
 * @since 0.1.0
 */
export type UnitId = t.Branded<string, UnitIdBrand>

interface SoftwareIdBrand {
  readonly SoftwareId: unique symbol
}

/**
 * The id of a tracked software.
 *
 * @since 0.1.0
 */
export type SoftwareId = t.Branded<string, SoftwareIdBrand>

interface ProductIdBrand {
  readonly ProductId: unique symbol
}

/**
 * The id of a product: what an installation is an installation of, and what a tracked software joins.
 *
 * @since 0.1.0
 */
export type ProductId = t.Branded<string, ProductIdBrand>

interface LicenseIdBrand {
  readonly LicenseId: unique symbol
}

/**
 * The id of a software license.
 *
 * @since 0.1.0
 */
export type LicenseId = t.Branded<string, LicenseIdBrand>

interface ComputerIdBrand {
  readonly ComputerId: unique symbol
}

/**
 * The id of a computer.
 *
 * @since 0.1.0
 */
export type ComputerId = t.Branded<string, ComputerIdBrand>

interface InstallationIdBrand {
  readonly InstallationId: unique symbol
}

/**
 * The id of an installation, unique on its computer.
 *
 * @since 0.1.0
 */
export type InstallationId = t.Branded<string, InstallationIdBrand>

interface DeviceIdBrand {
  readonly DeviceId: unique symbol
}

/**
 * The id of a device.
 *
 * @since 0.1.0
 */
export type DeviceId = t.Branded<string, DeviceIdBrand>

interface PackIdBrand {
  readonly PackId: unique symbol
}

/**
 * The id of a product pack.
 *
 * @since 0.1.0
 */
export type PackId = t.Branded<string, PackIdBrand>

interface DirectoryIdBrand {
  readonly DirectoryId: unique symbol
}

/**
 * The id of a directory of devices.
 *
 * @since 0.1.0
 */
export type DirectoryId = t.Branded<string, DirectoryIdBrand>

interface ViewIdBrand {
  readonly ViewId: unique symbol
}

/**
 * The id of a view: a named selection of devices.
 *
 * @since 0.1.0
 */
export type ViewId = t.Branded<string, ViewIdBrand>

interface UmsIdBrand {
  readonly UmsId: unique symbol
}

/**
 * The id by which a UMS is known to the license portal.
 *
 * @since 0.1.0
 */
export type UmsId = t.Branded<string, UmsIdBrand>
