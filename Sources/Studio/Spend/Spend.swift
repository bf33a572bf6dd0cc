package import Pricing

/// What was spent, in local days and since this studio opened, and what is in flight now.
package typealias Spend = BudgetUse
